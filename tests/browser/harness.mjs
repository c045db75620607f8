// What all tests of the built portal share: how a page is opened, in which windows, and how a check is counted.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Whether all of a matrix is asked for, or a sample that has something of everything. */
export const FULL = process.env.CONGSO_TEST_FULL === "1";

/** What colours readers ask for, as the system says it. */
export const PALETTES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "high contrast": { colorScheme: "light", contrast: "more" },
  "dark high contrast": { colorScheme: "dark", contrast: "more" },
};

export const WIDTHS = [360, 1280];

export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const results = { passed: 0, failures: [] };

export async function check(name, run) {
  try {
    await run();
    results.passed += 1;
  } catch (error) {
    results.failures.push(`${name}: ${error.message}`);
    console.error(`FAILED ${name}: ${error.message}`);
  }
}

export function expect(truth, message) {
  if (!truth) throw new Error(message);
}

/** Notes what goes wrong in a page: errors of its scripts and policy, and requests to other sites. */
function watch(page, origin) {
  const problems = [];
  page.on("console", (message) => {
    const missing = message.text().includes("404");
    if (message.type() === "error" && !missing) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) problems.push(`asks ${request.url()}`);
  });
  return problems;
}

/** A page that counts what goes wrong in it. */
export async function open(browser, origin, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = watch(page, origin);
  await page.goto(origin + path, { waitUntil: "load" });
  return { page, problems, close: () => context.close() };
}

/** Opens pages one after the other in one window, which is much faster than a window for each. */
export async function each(browser, origin, paths, options, run) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    for (const path of paths) {
      const page = await context.newPage();
      const problems = watch(page, origin);
      await page.goto(origin + path, { waitUntil: "load" });
      await run(path, page, problems);
      await page.close();
    }
  } finally {
    await context.close();
  }
}
