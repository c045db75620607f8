// Exchanges stylesheets whose address changed: the new one is in force before the old one goes, so nothing flashes.

/** The stylesheets the newest page asks for; a slow one may be outdated when it arrives. */
let wanted = new Set();

/** Whether an element of the head is a stylesheet's link. */
export const isStylesheet = (element) => element.matches('link[rel~="stylesheet"]');

const sheets = (page) => [...page.head.children].filter(isStylesheet);
const key = (link) => `${link.getAttribute("href")} ${link.media}`;

function removeStale() {
  for (const link of sheets(document)) {
    if (!wanted.has(key(link))) link.remove();
  }
}

/** Gives the document the stylesheets of a page, in its order; those it has are not touched. */
export function swapStylesheets(page) {
  wanted = new Set(sheets(page).map(key));
  const present = new Map(sheets(document).map((link) => [key(link), link]));
  let last = null;
  const loading = [];
  for (const link of sheets(page)) {
    let live = present.get(key(link));
    if (!live) {
      live = document.importNode(link);
      // A sheet that fails leaves the old ones in force.
      loading.push(new Promise((done) => live.addEventListener("load", done)));
      const anchor = last?.nextSibling ?? sheets(document).at(-1)?.nextSibling ?? null;
      document.head.insertBefore(live, anchor);
    }
    last = live;
  }
  if (loading.length === 0) removeStale();
  else Promise.all(loading).then(removeStale);
}
