// The panel over the last good page while that page cannot be built.
import { el } from "./dom.js";
import { problemList } from "./problems.js";
import { say } from "./words.js";

/** The same problem after other lines of its file changed. */
const identity = ({ code, file, message }) => JSON.stringify([code, file, message]);

/** Whether someone is in the middle of filling in a field. */
function isTyping() {
  const active = document.activeElement;
  return active !== null && (active.isContentEditable || active.matches("input, textarea, select"));
}

/** Adds the overlay to the shadow root; `show` takes each state. */
export function makeOverlay(root) {
  let told = "";
  let current = [];
  let dismissed = new Set();

  const title = el("h2", { id: "overlay-title" });
  const lead = el("p", { id: "overlay-lead", class: "lead" });
  const body = el("div", { class: "overlay-body" });
  const close = el("button", { type: "button", class: "button", onclick: () => panel.close() });
  const head = el("div", { class: "overlay-head" }, el("div", {}, title, lead), close);
  const panel = el(
    "dialog",
    { class: "overlay", role: "alertdialog", tabindex: "-1", "aria-labelledby": title.id, "aria-describedby": lead.id },
    head,
    body,
  );
  const said = el("p", { class: "said", role: "alert" });
  root.append(panel, said);

  panel.addEventListener("close", () => {
    said.textContent = "";
    // Closed by the writer: these problems stay in the bar, and only others bring the panel back.
    if (!panel.open && told !== "") dismissed = new Set(current.map(identity));
  });
  // A panel that took no focus does not hear the key by itself.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) panel.close();
  });

  const open = () => {
    if (isTyping()) {
      panel.setAttribute("open", "");
      said.textContent = title.textContent;
    } else {
      panel.showModal();
      panel.focus();
    }
  };

  const fill = (state) => {
    const hadFocus = body.contains(root.activeElement);
    const nothingBelow = !state.page?.version || !state.page.found || document.getElementById("congso-progress") !== null;
    title.textContent = say("overlay-title");
    lead.textContent = say(nothingBelow ? "overlay-lead-first" : "overlay-lead");
    close.textContent = say("close");
    body.replaceChildren(problemList(state.overlay));
    if (hadFocus) panel.focus();
  };

  const show = (state) => {
    current = state.overlay;
    if (current.length === 0) {
      told = "";
      dismissed.clear();
      panel.close();
      return;
    }
    const now = JSON.stringify(current);
    if (now === told) return;
    told = now;
    fill(state);
    if (!panel.open && current.some((problem) => !dismissed.has(identity(problem)))) open();
  };
  return { show };
}
