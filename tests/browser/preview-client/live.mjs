// Live reload: what a save changes, and what it must leave alone.
import { article, equal, expect, files, html } from "./check.mjs";
import { mock, state } from "./mock.mjs";

const first = (server) => {
  files(server);
  server.page("/", html({ body: article() }));
  server.state = state({ page: { version: server.page("/", html({ body: article() })) } });
};
const says = (page, selector, text) =>
  page.waitForFunction(([s, t]) => document.querySelector(s)?.textContent === t, [selector, text]);
/** A mark that a reload would wipe out. */
const markWindow = (page) => page.evaluate(() => (window.kept = true));
const isMarked = (page) => page.evaluate(() => window.kept === true);
const reloaded = (page) => page.waitForFunction(() => window.kept === undefined && document.readyState === "complete");

export async function live(check) {
  await check("a save changes the text and nothing else", first, async ({ server, page }) => {
    await markWindow(page);
    await page.click("#toc summary");
    await page.click("#menu");
    await page.evaluate(() => document.querySelector("#hint").showPopover());
    await page.fill("#note", "một ghi chú");
    await page.fill("#find", "chuyển đổi số");
    await page.evaluate(() => document.querySelector("#find").setSelectionRange(2, 7));
    const before = await page.evaluate(() => scrollY);
    expect(before > 300, `scrolled only to ${before}`);
    await page.evaluate(() => document.addEventListener("congso:updated", () => (window.updates = (window.updates ?? 0) + 1)));
    server.save("/", html({ title: "Tên mới", body: article("Câu đã sửa.") }));
    await says(page, "#lead", "Câu đã sửa.");
    const after = await page.evaluate(() => {
      const find = document.querySelector("#find");
      return {
        scroll: scrollY,
        focus: document.activeElement.id,
        selection: `${find.selectionStart}-${find.selectionEnd}`,
        value: find.value,
        note: document.querySelector("#note").value,
        open: document.querySelector("#toc").open,
        menu: document.querySelector("#menu").getAttribute("aria-expanded"),
        popover: document.querySelector("#hint").matches(":popover-open"),
        tool: document.querySelectorAll("#tool").length,
        size: document.documentElement.dataset.size,
        title: document.title,
        titles: document.querySelectorAll("title").length,
        runs: window.runs,
        updates: window.updates,
      };
    });
    const wanted = { scroll: before, focus: "find", selection: "2-7", value: "chuyển đổi số", note: "một ghi chú", open: true, menu: "true", popover: true, tool: 1, size: "large", title: "Tên mới", titles: 1, runs: 1, updates: 1 };
    equal(JSON.stringify(after), JSON.stringify(wanted), "after the save");
    expect(await isMarked(page), "the page was loaded anew");
  });

  await check("elements come and go, also where a script added some", first, async ({ server, page }) => {
    await markWindow(page);
    const tools = '<div data-tools></div>';
    server.save("/", html({ body: article().replace(tools, `${tools}<nav id="path">Đường dẫn</nav>`).replace(/<details.*<\/details>/, "") }));
    await page.waitForSelector("#path");
    equal(await page.locator("#toc").count(), 0, "removed list");
    equal(await page.locator("#tool").count(), 1, "the script's button");
    server.save("/", html({ body: article() }));
    await page.waitForSelector("#toc");
    equal(await page.locator("#path").count(), 0, "removed path");
    expect(await isMarked(page), "the page was loaded anew");
  });

  await check("what the reader opened and scripts added stays where its own surroundings change", first, async ({ server, page }) => {
    await page.click("#toc summary");
    await page.click("#menu");
    const changed = article()
      .replace("Phần một", "Phần hai")
      .replace('id="menu"', 'id="menu" class="wide"')
      .replace("<div data-tools></div>", '<div data-tools class="right"><i id="new">mới</i></div>');
    server.save("/", html({ body: changed }));
    await says(page, "#toc p", "Phần hai");
    equal(await page.evaluate(() => document.querySelector("#toc").open), true, "open");
    equal(await page.getAttribute("#menu.wide", "aria-expanded"), "true", "menu");
    equal(await page.locator("[data-tools].right #new").count(), 1, "new element");
    equal(await page.locator("#tool").count(), 1, "the script's button");
  });

  await check("what the source itself opens or closes is followed", first, async ({ server, page }) => {
    server.save("/", html({ body: article().replace('id="toc"', 'id="toc" open') }));
    await page.waitForSelector("#toc[open]");
    server.save("/", html({ body: article() }));
    await page.waitForSelector("#toc:not([open])");
  });

  await check("a table that a script wrapped shows once", (server) => {
    files(server);
    const table = (text) => html({ body: `<main><h1>Bảng</h1><table><tbody><tr><td id="cell">${text}</td></tr></tbody></table></main>` });
    server.file("/site.js", "const t = document.querySelector('table'); const d = document.createElement('div'); t.replaceWith(d); d.append(t);", "text/javascript");
    server.table = table;
    server.state = state({ page: { version: server.page("/", table("cũ")) } });
  }, async ({ server, page }) => {
    server.save("/", server.table("mới"));
    await says(page, "#cell", "mới");
    equal(await page.locator("table").count(), 1, "tables");
  });

  await check("a stylesheet is swapped without a reload, others are not asked for again", first, async ({ server, page }) => {
    await markWindow(page);
    server.requests.length = 0;
    server.save("/", html({ body: article("Chỉ đổi chữ.") }));
    await says(page, "#lead", "Chỉ đổi chữ.");
    expect(!server.requests.some((path) => path.endsWith(".css")), `asked: ${server.requests}`);
    await page.evaluate(() => {
      window.colours = new Set();
      const look = () => {
        window.colours.add(getComputedStyle(document.querySelector("h1")).color);
        requestAnimationFrame(look);
      };
      look();
    });
    server.pages.get("/site.2.css").delay = 150;
    server.save("/", html({ css: "site.2.css", body: article("Chỉ đổi chữ.") }));
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(11, 97, 86)");
    await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
    equal(await page.evaluate(() => [...window.colours].join(" ")), "rgb(168, 32, 26) rgb(11, 97, 86)", "colours seen");
    server.save("/", html({ css: "site.1.css", body: article() }));
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(168, 32, 26)");
    expect(await isMarked(page), "the page was loaded anew");
  });

  await check("a changed script loads the page anew", first, async ({ server, page }) => {
    await markWindow(page);
    server.file("/other.js", "window.other = 1", "text/javascript");
    server.save("/", html({ head: '<script src="/other.js" defer></script>', body: article() }));
    await reloaded(page);
    equal(await page.evaluate(() => window.other), 1, "the new script");
  });

  await check("a slow older answer never replaces a newer one", first, async ({ server, page }) => {
    server.save("/", html({ body: article("Bản hai.") }), { delay: 500 });
    await page.waitForTimeout(80);
    server.save("/", html({ body: article("Bản ba.") }));
    await says(page, "#lead", "Bản ba.");
    await page.waitForTimeout(700);
    equal(await page.textContent("#lead"), "Bản ba.", "the text");
  });

  await check("twenty saves in a second end in the last", first, async ({ server, page }) => {
    await markWindow(page);
    for (let n = 1; n <= 20; n += 1) {
      server.save("/", html({ body: article(`Lần lưu ${n}.`) }));
      await page.waitForTimeout(40);
    }
    await says(page, "#lead", "Lần lưu 20.");
    server.save("/", html({ body: article("Lần lưu 1.") }));
    await says(page, "#lead", "Lần lưu 1.");
    expect(await isMarked(page), "the page was loaded anew");
  });

  await check("the same program comes back after a pause; another one loads the page anew", first, async (self) => {
    const { page } = self;
    await markWindow(page);
    const old = self.server;
    await old.close();
    await page.waitForFunction(() => document.querySelector("congso-preview").shadowRoot.querySelector(".lost").textContent !== "");
    self.server = await mock(old.port);
    files(self.server);
    self.server.state = state({ page: { version: self.server.page("/", html({ body: article("Sau khi nối lại.") })) } });
    await says(page, "#lead", "Sau khi nối lại.");
    expect(await isMarked(page), "the page was loaded anew");
    equal(await page.evaluate(() => document.querySelector("congso-preview").shadowRoot.querySelector(".lost").textContent), "", "the notice");
    self.server.tell({ program: "p2" });
    await reloaded(page);
  });

  await check("a page that is gone shows the 404 page, and comes back", first, async ({ server, page }) => {
    await markWindow(page);
    server.save("/", html({ title: "Không có trang này", body: '<main><h1>Không có trang này</h1></main>' }), { status: 404 });
    await says(page, "h1", "Không có trang này");
    server.save("/", html({ body: article() }));
    await says(page, "h1", "Bài viết");
    expect(await isMarked(page), "the page was loaded anew");
  });

  await check("a page that became a redirect is followed", first, async ({ server, page }) => {
    server.page("/moi/", html({ body: "<h1>Địa chỉ mới</h1>" }));
    server.save("/", html({ head: '<meta http-equiv="refresh" content="0; url=/moi/">', body: "<h1>Đã chuyển</h1>" }));
    await page.waitForURL(`${server.origin}/moi/`);
  });

  await check("a redirect of the server is followed", first, async ({ server, page }) => {
    server.page("/moi/", html({ body: "<h1>Địa chỉ mới</h1>" }));
    server.save("/", "", { status: 301, headers: { Location: "/moi/" } });
    await page.waitForURL(`${server.origin}/moi/`);
  });

  await check("a page in another language is loaded anew", first, async ({ server, page }) => {
    await markWindow(page);
    server.save("/", html({ lang: "en", body: article("In English.") }));
    await reloaded(page);
    equal(await page.getAttribute("html", "lang"), "en", "language");
  });

  await check("a hidden tab keeps up without holding a connection", first, async ({ server, page }) => {
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { get: () => window.away });
      window.away = true;
    });
    server.save("/", html({ body: article("Khi thẻ bị che.") }));
    await says(page, "#lead", "Khi thẻ bị che.");
    equal(server.streams.size, 0, "open streams");
    server.save("/", html({ body: article("Vẫn theo kịp.") }));
    await says(page, "#lead", "Vẫn theo kịp.");
    await page.evaluate(() => {
      window.away = false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.waitForTimeout(200);
    equal(server.streams.size, 1, "open streams");
  });

  await check("a page from the back/forward cache connects again", first, async ({ server, page }) => {
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await page.waitForTimeout(100);
    equal(server.streams.size, 0, "open streams");
    server.save("/", html({ body: article("Trong lúc vắng.") }));
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await says(page, "#lead", "Trong lúc vắng.");
  });

  await check("a picture whose file changed is shown anew", (server) => {
    files(server);
    server.file("/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', "image/svg+xml");
    const version = server.page("/", html({ body: '<main><img src="a.svg" alt=""></main>' }));
    server.state = state({ page: { version, files: { "/a.svg": "1" } } });
  }, async ({ server, page }) => {
    server.file("/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"/>', "image/svg+xml");
    server.tell({ page: { ...server.state.page, files: { "/a.svg": "2" } } });
    await page.waitForFunction(() => document.querySelector("img").naturalWidth === 30);
  });

  await check("the page of the first progress follows it and gives way", (server) => {
    files(server);
    const body = '<main id="congso-progress"><progress max="100" value="0"></progress><p>Đang chuẩn bị</p></main>';
    server.page("/", `<!DOCTYPE html><html lang="vi"><head><title>…</title><link rel="stylesheet" href="/__congso/progress.css"></head><body>${body}</body></html>`);
    server.state = state({ stage: "starting", page: { version: null }, progress: { done: 120, all: 800 } });
  }, async ({ server, page }) => {
    await says(page, "#congso-progress p", "Đang đọc nội dung: 120/800 tệp");
    equal(await page.evaluate(() => document.querySelector("progress").position), 0.15, "progress");
    const version = server.page("/", html({ body: article() }));
    server.tell({ stage: "ready", progress: null, page: { ...server.state.page, version } });
    await says(page, "h1", "Bài viết");
    await page.waitForSelector("congso-preview .bar");
  });
}
