// Opens the built portal in Chromium and holds what readers rely on; then checks all HTML with the Nu checker.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { serve } from "./server.mjs";
import { documents } from "./documents.mjs";
import { events } from "./events.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const portal = resolve(here, "../../public");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One page of every sort, in both languages. */
const PAGES = [
  "/", "/en/",
  "/tin-tuc/", "/en/news/",
  "/tin-tuc/ba-tru-cot-chuyen-doi-so/", "/en/news/three-pillars-of-digital-transformation/",
  "/van-ban/", "/en/decisions/",
  "/van-ban/2020/749-qd-ttg/", "/en/decisions/2020/749-qd-ttg/",
  "/su-kien/", "/en/events/2024/ho-chi-minh-city-digital-transformation-week/",
  "/su-kien/2025/le-ngay-chuyen-doi-so-quoc-gia/", "/en/events/",
  "/lich/", "/lich/2024/10/", "/en/calendar/2024/10/",
  "/tin-tuc/2024/", "/en/news/2024/10/",
  "/chu-de/", "/en/topics/digital-government/",
  "/so-do-trang/", "/en/site-map/",
  "/thuat-ngu/", "/en/glossary/",
  "/tin-tuc/thang-tieu-dung-so/",
  "/khong-co-trang-nay/", "/en/no-such-page/",
];
const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"];

const results = { passed: 0, failures: [] };

async function check(name, run) {
  try {
    await run();
    results.passed += 1;
  } catch (error) {
    results.failures.push(`${name}: ${error.message}`);
    console.error(`FAILED ${name}: ${error.message}`);
  }
}

function expect(truth, message) {
  if (!truth) throw new Error(message);
}

/** A page that counts what goes wrong in it. */
async function open(browser, origin, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    const missing = message.text().includes("404");
    if (message.type() === "error" && !missing) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) problems.push(`asks ${request.url()}`);
  });
  await page.goto(origin + path, { waitUntil: "load" });
  return { page, problems, close: () => context.close() };
}

async function everyPage(browser, origin) {
  for (const path of PAGES) {
    for (const width of WIDTHS) {
      for (const colorScheme of SCHEMES) {
        await check(`${path} at ${width} px, ${colorScheme}`, async () => {
          const { page, problems, close } = await open(browser, origin, path, { viewport: { width, height: 900 }, colorScheme });
          try {
            await page.evaluate(axe);
            const found = await page.evaluate(() =>
              window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
            );
            const told = found.violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(" ")).join(", ")})`);
            expect(told.length === 0, `axe: ${told.join("; ")}`);
            expect((await page.locator("h1").count()) === 1, "not exactly one h1");
            expect(problems.length === 0, problems.join("; "));
          } finally {
            await close();
          }
        });
      }
    }
    await check(`${path} says what it is for machines, and the policy lets it`, async () => {
      const { page, problems, close } = await open(browser, origin, path);
      try {
        const data = await page.locator('script[type="application/ld+json"]').allTextContents();
        expect(data.length === 1, `${data.length} graphs`);
        expect(JSON.parse(data[0])["@graph"].length >= 2, "an empty graph");
        expect(problems.length === 0, problems.join("; "));
      } finally {
        await close();
      }
    });
    await check(`${path} reflows at 320 px`, async () => {
      const { page, close } = await open(browser, origin, path, { viewport: { width: 320, height: 800 } });
      try {
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow <= 0, `${overflow} px too wide`);
      } finally {
        await close();
      }
    });
  }
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

/** All HTML at once: starting the checker takes longer than checking. */
async function validHtml() {
  await check("all HTML is valid", async () => {
    const jar = resolve(here, "node_modules/vnu-jar/build/dist/vnu.jar");
    try {
      execFileSync("java", ["-Xss4m", "-jar", jar, "--errors-only", "--skip-non-html", portal], { stdio: "pipe", maxBuffer: 1 << 26 });
    } catch (error) {
      const told = String(error.stderr).trim().split("\n");
      throw new Error(`${told.length} problems:\n${told.slice(0, 20).join("\n")}`);
    }
  });
}

const server = await serve(portal);
const browser = await launch();
try {
  await everyPage(browser, server.origin);
  await behaviour(browser, server.origin);
  await events({ browser, origin: server.origin, check, expect });
  await documents({ browser, origin: server.origin, check, expect });
} finally {
  await browser.close();
  await server.close();
}
await validHtml();
console.log(`${results.passed} passed, ${results.failures.length} failed`);
process.exit(results.failures.length === 0 ? 0 : 1);
