// Shows pictures anew whose files changed under an address that stayed the same.

let known = null;

/** The address with a mark of its content, if the file at it changed. */
function marked(address, changed) {
  const url = new URL(address, document.baseURI);
  const checksum = url.origin === location.origin ? changed.get(url.pathname) : undefined;
  if (checksum === undefined) return address;
  url.searchParams.set("congso", checksum);
  return url.href;
}

/** `srcset`: addresses, each with a width or density, parted by commas. */
const markedSet = (set, changed) =>
  set
    .split(/,\s+/)
    .map((entry) => entry.trim().replace(/^\S+/, (address) => marked(address, changed)))
    .join(", ");

function mark(element, name, change) {
  const value = element.getAttribute(name);
  if (value === null) return;
  const next = change(value);
  if (next !== value) element.setAttribute(name, next);
}

/**
 * Compares the files a page shows with those of the last state.
 * @param {Record<string, string>} files checksums by address path
 */
export function followImages(files) {
  const before = known;
  known = files;
  if (before === null) return;
  const changed = new Map(Object.entries(files).filter(([path, checksum]) => before[path] !== checksum));
  if (changed.size === 0) return;
  for (const element of document.querySelectorAll("img, picture source, video, audio")) {
    mark(element, "src", (address) => marked(address, changed));
    mark(element, "poster", (address) => marked(address, changed));
    mark(element, "srcset", (set) => markedSet(set, changed));
  }
}
