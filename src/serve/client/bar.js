// The preview bar at the lower edge: a landmark that can be folded away.
import { makeActions } from "./bar-actions.js";
import { makeFacts } from "./bar-facts.js";
import { makeOptions } from "./bar-options.js";
import { makeProblems } from "./bar-problems.js";
import { el } from "./dom.js";
import { keep, recall } from "./keep.js";
import { keepRoomFor } from "./surface.js";
import { say } from "./words.js";

const FOLDED = "folded";

/** Adds the bar to the shadow root; `show` takes each state, `lost` says that the server does not answer. */
export function makeBar(root) {
  let folded = recall(FOLDED) === "yes";
  const message = el("p", { class: "message", role: "status" });
  const facts = makeFacts();
  const actions = makeActions(message);
  const problems = makeProblems();
  const options = makeOptions(message);
  const details = el("div", { class: "details", id: "bar-details" }, actions.element, facts.links, facts.last);
  const more = el("button", { type: "button", class: "button more", "aria-controls": details.id });
  const fold = el("button", { type: "button", class: "button fold" });
  const lost = el("p", { class: "lost", role: "status" });
  const row = el(
    "div",
    { class: "row" },
    facts.status,
    details,
    el("div", { class: "tools" }, more, problems.button, options.button),
  );
  const line = el("div", { class: "line" }, row, fold);
  const bar = el("section", { class: "bar" }, problems.panel, options.panel, lost, message, line);
  const panels = [problems, options];

  const place = () => {
    bar.toggleAttribute("data-folded", folded);
    row.hidden = folded;
    // Folded away it still tells of problems.
    const count = problems.button.hidden ? "" : ` (${problems.button.textContent})`;
    fold.textContent = folded ? say("unfold") + count : say("fold");
    if (folded) panels.forEach((panel) => panel.close());
  };
  fold.addEventListener("click", () => {
    folded = !folded;
    keep(FOLDED, folded ? "yes" : "no");
    place();
  });
  const openMore = (open) => {
    more.setAttribute("aria-expanded", String(open));
    details.toggleAttribute("data-open", open);
  };
  openMore(false);
  more.addEventListener("click", () => openMore(more.getAttribute("aria-expanded") !== "true"));
  for (const panel of panels) {
    panel.button.addEventListener("click", () => {
      panels.filter((other) => other !== panel).forEach((other) => other.close());
    });
  }

  const show = (state) => {
    // The page of the first progress has nothing yet to say something about.
    bar.hidden = document.getElementById("congso-progress") !== null;
    bar.setAttribute("aria-label", say("bar"));
    more.textContent = say("more");
    lost.textContent = "";
    facts.show(state);
    actions.show(state);
    problems.show(state);
    options.show(state);
    place();
    if (!bar.isConnected) {
      root.append(bar);
      keepRoomFor(line);
    }
  };
  return {
    show,
    lost: () => {
      lost.textContent = say("lost");
    },
  };
}
