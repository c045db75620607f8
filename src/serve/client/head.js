// Brings the head of the document up to date without running scripts or loading stylesheets again.
import { isStylesheet, swapStylesheets } from "./styles.js";

const isPlain = (child) => !["SCRIPT", "TITLE"].includes(child.tagName) && !isStylesheet(child);
const plain = (page) => [...page.head.children].filter(isPlain);
const isData = (script) => /json|text\/plain/.test(script.type);
const scripts = (page) => [...page.querySelectorAll("script:not([data-congso])")].filter((script) => !isData(script));
const policies = (page) => [...page.querySelectorAll('meta[http-equiv="content-security-policy" i]')];

/** All that takes effect once, when a page loads. */
const lasting = (page) =>
  [page.documentElement.lang, ...[...scripts(page), ...policies(page)].map((element) => element.outerHTML)].join("\n");

/** Whether a document made from one source can become the other without being loaded anew. */
export const sameHead = (source, next) => lasting(source) === lasting(next);

/** Title, descriptions, links and stylesheets: what changed from one source to the next. */
export function updateHead(source, next) {
  if (source.title !== next.title) document.title = next.title;
  const before = new Set(plain(source).map((child) => child.outerHTML));
  const after = new Set(plain(next).map((child) => child.outerHTML));
  for (const child of plain(document)) {
    if (before.has(child.outerHTML) && !after.has(child.outerHTML)) child.remove();
  }
  const added = plain(next).filter((child) => !before.has(child.outerHTML));
  document.head.append(...added.map((child) => document.importNode(child, true)));
  swapStylesheets(next);
}
