// The place of bar and overlay: outside the page's body, beyond the reach of its styles.

async function stylesheet(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  return new CSSStyleSheet().replace(await answer.text());
}

/** Adds the shadow root to the document. It is there once its styles are, so nothing is seen without them. */
export async function makeSurface() {
  const host = document.createElement("congso-preview");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = await Promise.all(["client.css", "overlay.css"].map(stylesheet));
  document.documentElement.append(host);
  return { host, root };
}

/** Keeps as much room at the end of the page, and below the overlay, as an element at the lower edge covers. */
export function keepRoomFor(element) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const room = "padding-bottom: var(--congso-bar) !important; scroll-padding-bottom: var(--congso-bar) !important";
  new ResizeObserver(() => {
    const height = Math.ceil(innerHeight - element.getBoundingClientRect().top);
    sheet.replaceSync(`@media screen { :root { --congso-bar: ${height}px; ${room} } }`);
  }).observe(element);
}
