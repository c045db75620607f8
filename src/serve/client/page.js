// Keeps the document equal to the newest version of its page; decides between changing it in place and loading it anew.
import { sameHead, updateHead } from "./head.js";
import { adopt, morph } from "./morph.js";

const tagOf = (page) => page.querySelector("script[data-congso]");
const isProgress = (page) => page.getElementById("congso-progress") !== null;

/** The page as the server has it now. Null where the browser must load it by itself: redirects, other types. */
async function fetchPage(cache) {
  const answer = await fetch(location.href, { cache, redirect: "manual", headers: { Accept: "text/html" } });
  if (answer.type === "opaqueredirect") return null;
  // A page that is gone comes as the 404 page, to be shown; a failing server has nothing to show.
  if (answer.status >= 500) throw new Error(`status ${answer.status}`);
  if (!answer.headers.get("Content-Type")?.startsWith("text/html")) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** What the document was made from, before scripts changed it: the browser has kept it. */
async function firstSource(version) {
  const kept = await fetchPage("force-cache").catch(() => null);
  const source = kept && tagOf(kept)?.dataset.version === version ? kept : document.cloneNode(true);
  adopt(document, source);
  return source;
}

/** The address a page sends its readers to by itself, or null. */
function forwarded(page) {
  const refresh = page.querySelector('meta[http-equiv="refresh" i]');
  const target = refresh?.content.match(/^\s*\d+\s*;\s*url\s*=\s*['"]?([^'"]+)/i);
  return target ? new URL(target[1], location.href) : null;
}

/** Follows the states of this page; `follow` takes each. */
export function followPage() {
  const tag = tagOf(document);
  const first = firstSource(tag.dataset.version);
  let source = null;
  let wanted = null;
  let asked = 0;
  let applied = 0;

  const show = (next, version) => {
    const forward = next && forwarded(next);
    if (forward) return location.replace(forward);
    // Scripts cannot be taken back, and a reader's software learns a language when a page loads.
    if (!next || isProgress(document) !== isProgress(next) || !sameHead(source, next)) return location.reload();
    updateHead(source, next);
    morph(source, next);
    source = next;
    tag.dataset.token = tagOf(next)?.dataset.token ?? tag.dataset.token;
    tag.dataset.version = tagOf(next)?.dataset.version ?? version;
    document.dispatchEvent(new CustomEvent("congso:updated", { detail: { version: tag.dataset.version } }));
  };

  const update = async (version) => {
    asked += 1;
    const turn = asked;
    wanted = version;
    try {
      const next = await fetchPage("no-store");
      source ??= await first;
      // An answer that was overtaken by a later one is older.
      if (turn < applied) return;
      applied = turn;
      if (!next || tagOf(next)?.dataset.version !== tag.dataset.version) show(next, version);
    } catch {
      // The server went away: the first state after its return asks again.
    } finally {
      if (turn === asked) wanted = null;
    }
  };

  const follow = (state) => {
    const version = state.page?.version ?? null;
    if (isProgress(document)) {
      if (state.stage !== "starting") update(version);
    } else if (version !== null && version !== tag.dataset.version && version !== wanted) {
      update(version);
    }
  };
  return { follow };
}
