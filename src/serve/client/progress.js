// The page shown while the site is read for the first time: how far it is.
import { say } from "./words.js";

/** Shows the progress of a state, on the page that has a place for it. */
export function showProgress(state) {
  const main = document.getElementById("congso-progress");
  if (!main || !state.progress) return;
  const { done, all } = state.progress;
  const measure = main.querySelector("progress");
  measure.max = Math.max(all, 1);
  measure.value = done;
  main.querySelector("p").textContent = say("progress", { done, all });
}
