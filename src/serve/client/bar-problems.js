// The number of problems, and their list: those of this page first.
import { makeDisclosure } from "./disclosure.js";
import { el } from "./dom.js";
import { problemList } from "./problems.js";
import { say } from "./words.js";

const group = (title, problems) =>
  problems.length === 0 ? [] : [el("h2", {}, title), problemList(problems)];

/** The button, its panel and what fills them. */
export function makeProblems() {
  const { panel, button, close } = makeDisclosure("problems");
  let told = "";

  const show = ({ page, overlay, problems }) => {
    const here = [...overlay, ...problems.filter(({ file }) => file && file === page?.file)];
    const elsewhere = problems.filter(({ file }) => !file || file !== page?.file);
    const all = [...here, ...elsewhere];
    const now = JSON.stringify([here, elsewhere]);
    if (now === told) return;
    told = now;
    button.hidden = all.length === 0;
    if (all.length === 0) close();
    button.textContent = say("problems", { count: all.length });
    button.dataset.severity = all.some(({ severity }) => severity === "error") ? "error" : "warning";
    panel.setAttribute("aria-label", button.textContent);
    const hadFocus = panel.contains(panel.getRootNode().activeElement);
    panel.replaceChildren(...group(say("problems-here"), here), ...group(say("problems-elsewhere"), elsewhere));
    if (hadFocus) panel.focus();
  };
  return { panel, button, close, show };
}
