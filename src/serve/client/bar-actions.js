// The state of the page's translation, with buttons that create and confirm it.
import { post } from "./actions.js";
import { editorLink, el } from "./dom.js";
import { say } from "./words.js";

/** The part, what fills it; what came of a press is told in `message`. */
export function makeActions(message) {
  let path = "";
  const text = el("span", { class: "translation-text" });

  /** A button that cannot be pressed twice while the server works. */
  const button = (name, done) =>
    el("button", {
      type: "button",
      class: "button accent",
      onclick: async ({ currentTarget }) => {
        if (currentTarget.getAttribute("aria-disabled") === "true") return;
        currentTarget.setAttribute("aria-disabled", "true");
        try {
          message.replaceChildren(...done(await post(name, { page: path })));
        } catch (error) {
          message.textContent = error.message || say("failed");
        } finally {
          currentTarget.removeAttribute("aria-disabled");
        }
      },
    });
  const create = button("translate", ({ file, editor }) => [
    say("created", { file }),
    " ",
    editor ? editorLink(editor, say("open-file")) : "",
  ]);
  const accept = button("accept", () => [say("accepted")]);
  const element = el("div", { class: "translation" }, text, create, accept);

  const show = ({ page }) => {
    if (page && page.path !== path) path = page.path;
    const translation = page?.translation;
    element.hidden = !translation?.text && !translation?.create && !translation?.accept;
    element.dataset.kind = translation?.kind ?? "none";
    text.textContent = translation?.text ?? "";
    create.textContent = say("create");
    accept.textContent = say("accept");
    create.hidden = !translation?.create;
    accept.hidden = !translation?.accept;
  };
  return { element, show };
}
