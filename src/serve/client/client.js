// The preview in a page: follows the server's states and gives each to the parts that show it.
import { makeBar } from "./bar.js";
import { followImages } from "./images.js";
import { listen } from "./live.js";
import { makeOverlay } from "./overlay.js";
import { followPage } from "./page.js";
import { showProgress } from "./progress.js";
import { makeSurface } from "./surface.js";
import { learn } from "./words.js";

const page = followPage();
let program = null;
let newest = null;
let bar = null;
let overlay = null;

function show(state) {
  host.lang = state.lang;
  bar.show(state);
  overlay.show(state);
}

function onState(state) {
  program ??= state.program;
  // Another run of the server has other tokens and perhaps other scripts.
  if (state.program !== program) return location.reload();
  newest = state;
  learn(state.text);
  page.follow(state);
  followImages(state.page?.files ?? {});
  showProgress(state);
  if (bar) show(state);
}

listen(location.pathname, onState, () => bar?.lost());

// The page is kept up to date before bar and overlay are ready, and even if they cannot be made.
const { host, root } = await makeSurface();
bar = makeBar(root);
overlay = makeOverlay(root);
if (newest) show(newest);
