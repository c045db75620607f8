// What the preview shows besides published pages: drafts, and pages whose day has not come.
import { post } from "./actions.js";
import { makeDisclosure } from "./disclosure.js";
import { el } from "./dom.js";
import { say } from "./words.js";

const OPTIONS = ["drafts", "future"];

/** The button, its panel and what fills them; a refusal is told in `message`. */
export function makeOptions(message) {
  const { panel, button, close } = makeDisclosure("options");
  const boxes = new Map();
  const texts = new Map();

  const send = async (changed) => {
    const wanted = Object.fromEntries(OPTIONS.map((name) => [name, boxes.get(name).checked]));
    try {
      await post("options", wanted);
      message.textContent = "";
    } catch (error) {
      changed.checked = !changed.checked;
      message.textContent = error.message || say("failed");
    }
  };
  for (const name of OPTIONS) {
    const box = el("input", { type: "checkbox", name, onchange: () => send(box) });
    const text = el("span");
    boxes.set(name, box);
    texts.set(name, text);
    panel.append(el("label", { class: "option" }, box, text));
  }

  const show = ({ options }) => {
    button.textContent = say("options");
    panel.setAttribute("aria-label", say("options"));
    for (const name of OPTIONS) {
      boxes.get(name).checked = options[name];
      texts.get(name).textContent = say(name);
    }
  };
  return { panel, button, close, show };
}
