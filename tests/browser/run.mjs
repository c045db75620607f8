// Opens the built portal in Chromium and holds what readers rely on; then checks all HTML with the Nu checker.
// The folder of the portal may be given.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { serve } from "./server.mjs";
import { axe, ownContrast } from "./axe.mjs";
import { documents } from "./documents.mjs";
import { events } from "./events.mjs";
import { festival } from "./festival.mjs";
import { check, each, expect, open, results } from "./harness.mjs";
import { css, html } from "./html.mjs";
import { keyboard } from "./keyboard.mjs";
import { names } from "./names.mjs";
import { PAGES } from "./pages.mjs";
import { reading } from "./reading.mjs";
import { slowLine } from "./slow.mjs";
import { visual } from "./visual.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const portal = resolve(process.argv[2] ?? resolve(here, "../../public"));

async function forMachines(browser, origin) {
  await each(browser, origin, PAGES, {}, (path, page, problems) =>
    check(`${path} says what it is for machines, and the policy lets it`, async () => {
      const data = await page.locator('script[type="application/ld+json"]').allTextContents();
      expect(data.length === 1, `${data.length} graphs`);
      expect(JSON.parse(data[0])["@graph"].length >= 2, "an empty graph");
      expect(problems.length === 0, problems.join("; "));
    }),
  );
}

async function behaviour(browser, origin) {
  await check("the skip link comes first and leads to the text", async () => {
    const { page, close } = await open(browser, origin, "/van-ban/2020/749-qd-ttg/");
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
    expect(first === "#cs-main", `first focus is ${first}`);
    await page.keyboard.press("Enter");
    expect(page.url().endsWith("#cs-main"), "the skip link leads nowhere");
    await close();
  });
  await check("the keyboard reaches every entry of the menu", async () => {
    const { page, close } = await open(browser, origin, "/");
    const wanted = await page.locator(".menu a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const reached = new Set();
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement.getAttribute("href")));
    }
    const lost = wanted.filter((href) => !reached.has(href));
    expect(wanted.length > 5 && lost.length === 0, `not reached: ${lost.join(", ")}`);
    await close();
  });
  await check("the language switch keeps the page", async () => {
    const { page, close } = await open(browser, origin, "/van-ban/2020/749-qd-ttg/");
    await page.click('.languages a[hreflang="en"]');
    expect(page.url() === `${origin}/en/decisions/2020/749-qd-ttg/`, page.url());
    await page.click('.languages a[hreflang="vi"]');
    expect(page.url() === `${origin}/van-ban/2020/749-qd-ttg/`, page.url());
    await close();
  });
  await check("from an untranslated page it leads to the section, with a notice", async () => {
    const { page, close } = await open(browser, origin, "/tin-tuc/thang-tieu-dung-so/");
    await page.click('.languages a[hreflang="en"]');
    expect(page.url() === `${origin}/en/news/#untranslated`, page.url());
    expect(await page.locator("#untranslated").isVisible(), "no notice is shown");
    await close();
    const plain = await open(browser, origin, "/en/news/");
    expect(!(await plain.page.locator("#untranslated").isVisible()), "the notice shows without a reason");
    await plain.close();
  });
  await check("everything is there without JavaScript", async () => {
    const { page, close } = await open(browser, origin, "/", { javaScriptEnabled: false });
    expect(await page.locator("main h1").isVisible(), "no title");
    expect(await page.locator(".menu a").first().isVisible(), "no menu");
    expect((await page.locator("button:visible").count()) === 0, "dead buttons are shown");
    await close();
  });
  await check("text size and contrast stay over a reload", async () => {
    const { page, close } = await open(browser, origin, "/");
    await page.locator("[data-tools] button").last().click();
    const before = await page.evaluate(() => document.documentElement.dataset.contrast);
    await page.reload();
    const after = await page.evaluate(() => document.documentElement.dataset.contrast);
    expect(before === "more" && after === "more", `contrast ${before}, then ${after}`);
    await close();
  });
  await check("the first page weighs less than 100 KB", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0;
    session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
    await page.goto(`${origin}/`, { waitUntil: "networkidle" });
    console.log(`first page: ${(bytes / 1024).toFixed(1)} KB`);
    expect(bytes > 0 && bytes < 100 * 1024, `${bytes} bytes`);
    await context.close();
  });
}

const server = await serve(portal);
const browser = await launch();
const about = { browser, origin: server.origin };
try {
  await axe(about);
  await ownContrast(about);
  await forMachines(browser, server.origin);
  await names(about);
  await keyboard(about);
  await reading(about);
  await behaviour(browser, server.origin);
  await events({ ...about, check, expect });
  await documents({ ...about, check, expect });
  await slowLine(about);
  await festival({ browser });
  await visual({ browser });
  await html(portal, "the portal");
  await css(portal, "the portal");
} finally {
  await browser.close();
  await server.close();
}
console.log(`${results.passed} passed, ${results.failures.length} failed`);
process.exit(results.failures.length === 0 ? 0 : 1);
