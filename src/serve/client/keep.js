// Remembers small choices of the writer; private windows and full disks refuse that, and then they last for this page.

const PREFIX = "congso-preview-";

/** What was kept under a name, or null. */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a text under a name where the browser allows it. */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Not kept: the choice still holds until the page is left.
  }
}
