// Measures the built portal with Lighthouse as a phone sees it: the median of five runs of every sort of page.
// Usage: node run.mjs [--runs N] [FOLDER]
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { ENVIRONMENT, EXECUTABLE, FLAGS } from "../browser/launch-options.mjs";
import { pagesOf } from "../browser/pages.mjs";
import { serve } from "../browser/server.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Home, article, list, document and event, in both languages. */
const PAGES = pagesOf(["home", "news", "section", "decision", "event"]);

/** The least score of each category, in per cent. */
const BARS = { performance: 99, accessibility: 100, "best-practices": 100, seo: 100 };

/** How often a page is measured, and the folder of the portal. */
function options() {
  const given = process.argv.slice(2);
  const at = given.indexOf("--runs");
  const runs = at < 0 ? 5 : Number(given.splice(at, 2)[1]);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a whole number from 1");
  return { runs, folder: resolve(given[0] ?? resolve(here, "../../public")) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** What kept a category from its full score, by the audits of one run. */
function reasons(report, category) {
  const failed = report.categories[category].auditRefs
    .map(({ id, weight }) => ({ audit: report.audits[id], weight }))
    .filter(({ audit, weight }) => weight > 0 && audit.score !== null && audit.score < 1);
  return failed.map(({ audit }) => `${audit.id} ${audit.displayValue ?? audit.score}`).join(", ");
}

/** The median scores of one page, and a line for each that is below its bar. */
async function measure(url, port, runs) {
  const reports = [];
  for (let run = 0; run < runs; run += 1) {
    const { lhr } = await lighthouse(url, { port, logLevel: "error", onlyCategories: Object.keys(BARS) });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    reports.push(lhr);
  }
  const scores = {};
  const missed = [];
  for (const [category, bar] of Object.entries(BARS)) {
    scores[category] = Math.round(median(reports.map((report) => report.categories[category].score)) * 100);
    if (scores[category] < bar) missed.push(`${category} ${scores[category]}, at least ${bar}: ${reasons(reports.at(-1), category)}`);
  }
  return { scores, missed };
}

const { runs, folder } = options();
const { origin, close } = await serve(folder);
const chrome = await launch({ chromePath: EXECUTABLE, chromeFlags: ["--headless=new", ...FLAGS], envVars: ENVIRONMENT });
let failures = 0;
try {
  for (const path of PAGES) {
    const { scores, missed } = await measure(origin + path, chrome.port, runs);
    const told = Object.entries(scores).map(([category, score]) => `${category} ${score}`);
    console.log(`${path}: ${told.join(", ")}`);
    for (const line of missed) console.error(`FAILED ${path}: ${line}`);
    failures += missed.length;
  }
} finally {
  chrome.kill();
  await close();
}
console.log(failures === 0 ? "every page reaches its bars" : `${failures} bars missed`);
process.exitCode = failures === 0 ? 0 : 1;
