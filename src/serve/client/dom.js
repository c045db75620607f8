// Builds elements from names, attributes and text; never from markup.

/**
 * One element. An attribute that is `null` or `false` is left out; `onclick` and its like are listeners.
 * @param {string} name
 * @param {Record<string, unknown>} attributes
 * @param {...(Node | string | null)} children
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A link that opens a file in the writer's editor, or plain text where no editor is known. */
export function editorLink(editor, text, name = "place") {
  return editor ? el("a", { class: name, href: editor }, text) : el("span", { class: name }, text);
}

/** Text in which words between backticks are to be typed as they stand. */
export function withCode(text) {
  const parts = text.split("`");
  // An odd backtick is one that was meant.
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, index) => (index % 2 === 1 ? el("code", {}, part) : part));
}
