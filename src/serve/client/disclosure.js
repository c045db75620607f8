// A button and the panel it opens above the bar.
import { el } from "./dom.js";

/** The pair, closed; `name` is part of the panel's id. */
export function makeDisclosure(name) {
  const panel = el("div", { class: "panel", id: `panel-${name}`, role: "group", tabindex: "0", hidden: true });
  const button = el("button", { type: "button", class: `button ${name}`, "aria-controls": panel.id });
  const set = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  set(false);
  button.addEventListener("click", () => set(panel.hidden));
  const escape = (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    set(false);
    button.focus();
  };
  panel.addEventListener("keydown", escape);
  button.addEventListener("keydown", escape);
  return { panel, button, close: () => set(false) };
}
