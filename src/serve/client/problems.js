// Shows problems: what is wrong, where, and how to mend it.
import { editorLink, el, withCode } from "./dom.js";
import { say } from "./words.js";

/** The marked part; where nothing can be marked, the place where something is missing. */
function lineText({ text, from, to }) {
  if (from === null) return [text];
  const end = Math.max(to, from + 1);
  return [text.slice(0, from), el("mark", {}, text.slice(from, end) || "\u00a0"), text.slice(end)];
}

function excerptOf(lines) {
  const shown = lines.map((line) => [
    el("span", { class: "number", "aria-hidden": "true" }, String(line.line)),
    el("code", { class: line.from === null ? "near" : "at" }, ...lineText(line)),
  ]);
  return el("div", { class: "excerpt", lang: "", translate: "no" }, ...shown.flat());
}

/** One problem in full. */
export function problemItem(problem) {
  const place = problem.file && problem.line ? `${problem.file}:${problem.line}` : problem.file;
  return el(
    "li",
    { class: "problem", "data-severity": problem.severity },
    el(
      "p",
      { class: "what" },
      el("span", { class: "severity" }, say(problem.severity)),
      " ",
      el("span", { class: "text" }, ...withCode(problem.message)),
    ),
    place && el("p", { class: "where" }, editorLink(problem.editor, place)),
    problem.excerpt?.length ? excerptOf(problem.excerpt) : null,
    problem.remedy && el("p", { class: "remedy" }, el("b", {}, say("remedy")), " ", ...withCode(problem.remedy)),
  );
}

/** A list of problems. */
export const problemList = (problems) => el("ul", { class: "problems", role: "list" }, ...problems.map(problemItem));
