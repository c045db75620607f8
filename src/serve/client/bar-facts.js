// What the bar says about the page: its state, its other languages, its file, the last rebuild.
import { editorLink, el } from "./dom.js";
import { say } from "./words.js";

/** The parts and what fills them. */
export function makeFacts() {
  const status = el("p", { class: "status" });
  const languages = el("nav", { class: "languages" });
  const file = el("p", { class: "file" });
  const links = el("div", { class: "links" }, languages, file);
  const last = el("p", { class: "last" });
  let linked = "";

  const showLinks = (page) => {
    const now = JSON.stringify([page?.languages, page?.file, page?.editor]);
    // A link that has the focus stays the same element.
    if (now === linked) return;
    linked = now;
    const others = page?.languages ?? [];
    languages.hidden = others.length === 0;
    languages.setAttribute("aria-label", say("languages"));
    languages.replaceChildren(
      ...others.map(({ lang, name, url }) => el("a", { href: url, lang, hreflang: lang }, name)),
    );
    file.replaceChildren();
    if (page?.editor) file.append(editorLink(page.editor, say("open-file"), "open-file"));
    else if (page?.file) file.append(page.file);
    file.title = page?.file ?? "";
  };

  const show = ({ page, last: rebuilt, stage }) => {
    status.dataset.kind = page?.status.kind ?? "none";
    status.textContent = page?.status.text ?? "";
    status.hidden = status.textContent === "";
    last.textContent = stage === "building" ? say("building") : (rebuilt?.text ?? "");
    showLinks(page);
  };
  return { status, links, last, show };
}
