// Changes the document into a newer source, and leaves alone what scripts and the reader did to it.
//
// Three versions meet: the source the document was made from, the newer source, and the document itself, where menus
// are open, fields filled and elements added by scripts. Only what differs between the two sources is changed.
import { Idiomorph } from "./idiomorph.js";

/** For each node of the document the node of the source that it shows. What scripts added has none. */
const sources = new WeakMap();

// Not `id`: in a form a field of that name would hide it.
const idOf = (node) => node.getAttribute?.("id") ?? "";
const alike = (one, other) => one.nodeName === other.nodeName && idOf(one) === idOf(other);

/** Pairs the children of a live node with those of its source, in their order. */
function adoptChildren(live, source) {
  const added = [];
  let next = live.firstChild;
  let lost = false;
  for (const child of source.childNodes) {
    let found = next;
    while (found && !alike(found, child)) found = found.nextSibling;
    if (!found) {
      lost = true;
      continue;
    }
    for (; next !== found; next = next.nextSibling) added.push(next);
    adopt(found, child);
    next = found.nextSibling;
  }
  for (; next; next = next.nextSibling) added.push(next);
  // Where a script moved or wrapped something, content could show twice: there the document counts as the source.
  if (lost) added.forEach((node) => adopt(node, node.cloneNode(true)));
}

/** Records what a live node and all below it were made from. */
export function adopt(live, source) {
  sources.set(live, source);
  adoptChildren(live, source);
}

/** Gives an element the attributes that changed from one source to the next. */
function updateAttributes(live, source, next) {
  for (const name of new Set([...source.getAttributeNames(), ...next.getAttributeNames()])) {
    const value = next.getAttribute(name);
    if (value === source.getAttribute(name)) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}

/** The hooks of one morph. */
function callbacks() {
  const nexts = new WeakMap();
  const arriving = [];
  return {
    beforeNodeMorphed(live, next) {
      nexts.set(live, next);
      return !sources.get(live)?.isEqualNode(next);
    },
    afterNodeMorphed(live, next) {
      sources.set(live, next);
    },
    beforeAttributeUpdated(name, live) {
      const source = sources.get(live);
      return source?.getAttribute(name) !== nexts.get(live)?.getAttribute(name);
    },
    beforeNodeAdded(next) {
      arriving.push(next);
      return true;
    },
    afterNodeAdded(live) {
      const next = arriving.pop();
      if (!sources.has(live)) adopt(live, next);
    },
    beforeNodeRemoved(live) {
      return sources.has(live);
    },
  };
}

/** Changes the document, without its head, from one source to the next. */
export function morph(source, next) {
  updateAttributes(document.documentElement, source.documentElement, next.documentElement);
  // Bodies with different ids would be two elements to the library.
  if (next.body.id !== document.body.id) document.body.id = next.body.id;
  Idiomorph.morph(document.body, next.body, { head: { style: "none" }, callbacks: callbacks() });
}
