// Runs named checks, each with a portal and a browser's window of its own, and counts what fails.
import { launch } from "../chromium.mjs";
import { expect } from "../preview-client/check.mjs";
import { portal } from "./portal.mjs";

export { equal, expect } from "../preview-client/check.mjs";

/** Messages of the browser itself about answers that a check is about. */
const EXPECTED = /status of (404|503)|ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/;

/** Long: the machine may be busy with other things. */
const PATIENCE = 15_000;

/** The checks of one run; with `ONLY=word` those whose names have it. */
export async function runner() {
  const browser = await launch();
  const results = { passed: 0, failed: 0 };

  /**
   * Starts a preview, opens the page at `path` and runs `run`. No error may reach the console.
   * @param {string} name
   * @param {object} options those of `portal`, of the browser's window, and `path`
   */
  const check = async (name, { path = "/", lang, args, prepare, ...window }, run) => {
    if (!name.includes(process.env.ONLY ?? "")) return;
    const began = Date.now();
    const files = await portal({ lang, args, prepare });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...window });
    context.setDefaultTimeout(PATIENCE);
    const problems = [];
    /** Opens a further page. */
    const open = async (address) => {
      const page = await context.newPage();
      page.on("console", (message) => {
        const isProblem = ["error", "warning"].includes(message.type());
        if (isProblem && !EXPECTED.test(message.text())) problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("request", (request) => {
        if (!request.url().startsWith(files.origin)) problems.push(`asks ${request.url()}`);
      });
      await page.goto(files.origin + address);
      if (window.javaScriptEnabled !== false) await connected(page);
      return page;
    };
    try {
      await run({ files, context, browser, open, page: await open(path) });
      expect(problems.length === 0, problems.join("; "));
      results.passed += 1;
      if (process.env.TIMES) console.log(`${Date.now() - began} ms: ${name}`);
    } catch (error) {
      results.failed += 1;
      console.error(`FAILED ${name}: ${error.message}`);
    } finally {
      await context.close();
      await files.close();
    }
  };
  return { check, results, close: () => browser.close() };
}

/** Waits until the page has heard from the server and is what it stays: no word that it is being prepared, unless an error ended that. */
export const connected = (page) =>
  page.waitForFunction(() => {
    const preview = document.querySelector("congso-preview")?.shadowRoot;
    const isSettled = document.getElementById("congso-progress") === null || preview?.querySelector("dialog.overlay[open]");
    return isSettled && preview?.querySelector(".bar");
  });

/** Waits until an element has a text in it. */
export const says = (page, selector, text) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor();

/** A mark that loading the page anew would wipe out. */
export const mark = (page) => page.evaluate(() => (window.kept = true));
export const isMarked = (page) => page.evaluate(() => window.kept === true);
export const notReloaded = async (page) => expect(await isMarked(page), "the page was loaded anew");

/** The overlay's parts. */
export const overlay = (page) => page.getByRole("alertdialog");
export const overlayGone = (page) => page.locator("dialog.overlay[open]").waitFor({ state: "detached" });

/** A theme of its own over the one of the project. */
export async function ownTheme(files) {
  await files.write("themes/mau/theme.yaml", "name: mau\ntitle: {vi: Mẫu, en: Sample}\nextends: default\n");
  await files.edit("site.yaml", "theme: default", "theme: mau");
}
