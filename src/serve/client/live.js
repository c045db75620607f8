// Keeps a stream of states open: reconnects by itself, and only takes samples while the tab is hidden.

const FIRST_WAIT = 200;
const LONGEST_WAIT = 3000;
/** Browsers open six connections to one server: hidden tabs must not hold them all. */
const HIDDEN_WAIT = 2000;
/** A pause shorter than this is a restart that the writer need not hear of. */
const TOLD_AFTER = 800;

/**
 * Listens to the states of the page at a path.
 * @param {string} path
 * @param {(state: object) => void} onState
 * @param {() => void} onLost when the server has not answered for a moment
 */
export function listen(path, onState, onLost) {
  const address = new URL("events", import.meta.url);
  address.searchParams.set("page", path);
  let source = null;
  let timer = 0;
  let wait = FIRST_WAIT;

  const stop = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const later = (milliseconds) => {
    stop();
    timer = setTimeout(start, milliseconds);
  };
  const start = () => {
    stop();
    source = new EventSource(address);
    source.addEventListener("state", (event) => {
      wait = FIRST_WAIT;
      if (document.hidden) later(HIDDEN_WAIT);
      onState(JSON.parse(event.data));
    });
    // The browser's own retry gives up on some answers for good; ours does not.
    source.addEventListener("error", () => {
      if (wait >= TOLD_AFTER) onLost();
      later(wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    });
  };

  start();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) start();
  });
  // An open stream would keep the page out of the back/forward cache.
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => {
    if (event.persisted) start();
  });
}
