// Runs named checks, each with a mock server and a page of its own, and counts what fails.
import { launch } from "../chromium.mjs";
import { mock } from "./mock.mjs";

export function expect(truth, message) {
  if (!truth) throw new Error(message);
}

export const equal = (found, wanted, what) =>
  expect(found === wanted, `${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);

/** The checks of one run. */
export async function runner() {
  const browser = await launch();
  const results = { passed: 0, failed: 0 };

  /** Opens `/` of a server that `prepare` filled, then `run`s; no error may reach the console. */
  const check = async (name, prepare, run, options = {}) => {
    const server = await mock();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    const problems = [];
    page.on("console", (message) => {
      const offline = /ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE|status of 4/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !offline) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    const self = { server, page, context };
    try {
      prepare(server);
      await page.goto(server.origin);
      await page.waitForFunction(() => document.querySelector("congso-preview")?.shadowRoot.querySelector(".bar"));
      await run(self);
      expect(problems.length === 0, problems.join("; "));
      results.passed += 1;
    } catch (error) {
      results.failed += 1;
      console.error(`FAILED ${name}: ${error.message}`);
    } finally {
      await context.close();
      await (self.server ?? server).close();
    }
  };
  return { check, results, close: () => browser.close() };
}

/** A page of the theme's shape. */
export const html = ({ lang = "vi", title = "Bài viết", css = "site.1.css", head = "", body = "" } = {}) => `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/${css}">
<script src="/site.js" defer></script>
${head}</head>
<body id="top">
${body}
</body>
</html>`;

const paragraphs = (count) => Array.from({ length: count }, (_, n) => `<p>Đoạn thứ ${n + 1} của bài viết này.</p>`).join("\n");

/** An article with a form, a list to open, and a place that the page's script fills. */
export const article = (text = "Câu đầu tiên.") => `<header><div data-tools></div></header>
<main>
<h1>Bài viết</h1>
<p id="lead">${text}</p>
<details id="toc"><summary>Mục lục</summary><p>Phần một</p></details>
<button id="menu" aria-expanded="false">Trình đơn</button>
<div id="hint" popover>Gợi ý</div>
${paragraphs(40)}
<form><label>Tìm <input id="find" name="find"></label> <textarea id="note" aria-label="Ghi chú"></textarea></form>
${paragraphs(20)}
</main>
<footer><p id="end">Hết trang</p></footer>`;

const CSS = `body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1.0625rem/1.6 system-ui; color: #1b1a17; background: #fbf8f1 }
@media (prefers-color-scheme: dark) { body { color: #f4ecdd; background: #171311 } h1 { color: #f4ecdd } }`;

/** The files that every page asks for. */
export function files(server) {
  server.file("/site.1.css", `h1 { color: rgb(168, 32, 26) } ${CSS}`, "text/css");
  server.file("/site.2.css", `h1 { color: rgb(11, 97, 86) } ${CSS}`, "text/css");
  server.file("/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "image/svg+xml");
  server.file(
    "/site.js",
    `window.runs = (window.runs ?? 0) + 1;
     document.documentElement.dataset.size = "large";
     const tool = document.createElement("button"); tool.textContent = "A+"; tool.id = "tool";
     document.querySelector("[data-tools]")?.append(tool);
     document.querySelector("#menu")?.addEventListener("click", (e) => e.target.setAttribute("aria-expanded", "true"));`,
    "text/javascript",
  );
}
