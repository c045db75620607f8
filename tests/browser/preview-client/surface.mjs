// Overlay and bar: what they show, what they ask the server for, and that everyone can use them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { article, equal, expect, files, html } from "./check.mjs";
import { state } from "./mock.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where screenshots go, if anywhere. */
const pictures = process.env.PICTURES;

const PROBLEM = {
  severity: "error",
  code: "unknown-field",
  message: "Không có mục nào tên là `tilte`",
  remedy: "Sửa thành `title` (Tiêu đề)",
  file: "content/news/bai-viet.md",
  line: 2,
  column: 1,
  editor: "vscode://file/portal/content/news/bai-viet.md:2:1",
  excerpt: [
    { line: 1, text: "---", from: null, to: null },
    { line: 2, text: "tilte: Ba trụ cột của <b>chuyển đổi số</b>", from: 0, to: 5 },
    { line: 3, text: "date: 2024-10-10", from: null, to: null },
  ],
};
const WARNING = { ...PROBLEM, severity: "warning", code: "dead-link", message: "Liên kết `/cu/` không dẫn đến trang nào", file: "content/about.md", line: 7, remedy: null };

const prepare = (changes = {}) => (server) => {
  files(server);
  const version = server.page("/", html({ body: article() }));
  server.state = state({ ...changes, page: { version, ...changes.page } });
};
const MISSING = { kind: "missing", text: "Chưa có bản tiếng Anh", create: true, accept: false };
const UNCONFIRMED = { kind: "unconfirmed", text: "Bản dịch chưa được xác nhận", create: false, accept: true };
const focusText = (page) => page.evaluate(() => {
  const inner = document.activeElement?.shadowRoot?.activeElement;
  return inner ? inner.className : document.activeElement?.id;
});
const overlayOpen = (page) => page.locator("dialog.overlay[open]").count();

async function overlay(check) {
  for (const [lang, title, remedy] of [["vi", "Chưa dựng được trang này", "Cách sửa:"], ["en", "This page could not be built", "How to mend it:"]]) {
    await check(`the overlay tells what is wrong, where and how to mend it (${lang})`, prepare({ lang }), async ({ server, page }) => {
      await page.focus("#menu");
      server.tell({ overlay: [PROBLEM] });
      const panel = page.getByRole("alertdialog", { name: title });
      await panel.waitFor();
      equal(await page.evaluate(() => document.querySelector("congso-preview").lang), lang, "language");
      equal(await panel.locator("mark").textContent(), "tilte", "marked");
      expect((await panel.textContent()).includes("<b>chuyển đổi số</b>"), "the excerpt is not shown as text");
      const link = panel.getByRole("link", { name: "content/news/bai-viet.md:2" });
      equal(await link.getAttribute("href"), PROBLEM.editor, "the link");
      expect((await panel.textContent()).includes(remedy), "no remedy");
      equal(await focusText(page), "overlay", "focus");
      server.tell({ overlay: [] });
      await panel.waitFor({ state: "hidden" });
      equal(await focusText(page), "menu", "focus after it was mended");
    });
  }
  for (const [found, lead] of [[true, "Bên dưới vẫn là bản đúng gần nhất."], [false, "trang sẽ tự hiện ra."]]) {
    await check(`the overlay tells what is below it (${found ? "a good version" : "no page yet"})`, prepare({ page: { found } }), async ({ server, page }) => {
      server.tell({ overlay: [PROBLEM] });
      const panel = page.getByRole("alertdialog");
      await panel.waitFor();
      expect((await panel.textContent()).includes(lead), await panel.textContent());
    });
  }
  await check("closed with Escape it stays away until another problem comes", prepare(), async ({ server, page }) => {
    server.tell({ overlay: [PROBLEM] });
    await page.waitForSelector("dialog.overlay[open]");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog.overlay:not([open])", { state: "attached" });
    equal(await page.getByRole("button", { name: "Cần xem lại: 1" }).count(), 1, "the badge");
    server.tell({ overlay: [{ ...PROBLEM, line: 3 }] });
    await page.waitForTimeout(150);
    equal(await overlayOpen(page), 0, "open after the same problem");
    server.tell({ overlay: [PROBLEM, { ...PROBLEM, code: "bad-date", message: "Ngày không đúng" }] });
    await page.waitForSelector("dialog.overlay[open]");
    await page.getByRole("button", { name: "Đóng" }).click();
    server.tell({ overlay: [] });
    server.tell({ overlay: [PROBLEM] });
    await page.waitForSelector("dialog.overlay[open]");
  });
  await check("it takes nothing from someone who types", prepare(), async ({ server, page }) => {
    await page.locator("#find").pressSequentially("một ");
    server.tell({ overlay: [PROBLEM] });
    await page.waitForSelector("dialog.overlay[open]");
    await page.keyboard.type("hai");
    equal(await page.inputValue("#find"), "một hai", "typed");
    if (pictures) await page.screenshot({ path: `${pictures}/typing.png` });
    await page.keyboard.press("Escape");
    equal(await overlayOpen(page), 0, "open after Escape");
    equal(await focusText(page), "find", "focus");
  });
}

async function bar(check) {
  await check("the badge counts problems elsewhere and lists them", prepare({ problems: [WARNING, { ...WARNING, file: PROBLEM.file }] }), async ({ server, page }) => {
    const badge = page.getByRole("button", { name: "Cần xem lại: 2" });
    await badge.focus();
    await page.keyboard.press("Enter");
    equal(await page.locator(".panel .problem").count(), 2, "problems");
    equal((await page.locator(".panel h2").allTextContents()).join(), "Ở trang này,Ở những chỗ khác", "groups");
    await page.keyboard.press("Escape");
    equal(await page.locator(".panel:visible").count(), 0, "panels");
    equal(await focusText(page), "button problems", "focus");
    server.tell({ problems: [] });
    await badge.waitFor({ state: "hidden" });
  });
  await check("a press creates the translation and says where it is", prepare({ page: { path: "/tin/", translation: MISSING } }), async ({ server, page }) => {
    server.answers.translate = { file: "content/news/bai-viet.en.md", editor: "vscode://file/x.en.md" };
    await page.getByRole("button", { name: "Tạo bản dịch" }).click();
    const said = page.locator(".message");
    await said.getByRole("link").waitFor();
    expect((await said.textContent()).includes("Đã tạo tệp content/news/bai-viet.en.md."), await said.textContent());
    equal(await said.getByRole("link").getAttribute("href"), "vscode://file/x.en.md", "the link");
    equal(JSON.stringify(server.posts), JSON.stringify([{ action: "translate", token: "secret", own: true, body: { page: "/tin/" } }]), "posted");
  });
  await check("a press confirms the translation; a refusal is told", prepare({ page: { translation: UNCONFIRMED } }), async ({ server, page }) => {
    server.refuse = "Tệp đang được sửa ở nơi khác";
    const button = page.getByRole("button", { name: "Xác nhận bản dịch" });
    await button.click();
    await page.getByText("Tệp đang được sửa ở nơi khác").waitFor();
    server.refuse = null;
    await button.click();
    await page.getByText("Đã xác nhận bản dịch.").waitFor();
    equal(server.posts.map(({ action, token }) => `${action} ${token}`).join(), "accept secret,accept secret", "posted");
  });
  await check("drafts and pages to come can be hidden", prepare(), async ({ server, page }) => {
    await page.getByRole("button", { name: "Hiển thị" }).click();
    const box = page.getByRole("checkbox", { name: "Hiện cả bản nháp" });
    await box.uncheck();
    await page.waitForTimeout(100);
    equal(JSON.stringify(server.posts[0].body), '{"drafts":false,"future":true}', "posted");
    server.refuse = "Không được";
    await page.getByRole("checkbox", { name: "Hiện cả trang chưa đến ngày đăng" }).click();
    await page.getByText("Không được").waitFor();
    expect(await page.getByRole("checkbox", { name: "Hiện cả trang chưa đến ngày đăng" }).isChecked(), "a refused choice stays");
  });
  await check("it says what it knows, is a landmark, and leaves the end of the page free", prepare(), async ({ page }) => {
    const landmark = page.getByRole("region", { name: "Thanh xem trước" });
    const text = await landmark.innerText();
    for (const part of ["Đã đăng", "Bản tiếng Anh đúng với bản này", "Dựng lại 3 tệp trong 12 ms"]) expect(text.includes(part), `no “${part}” in ${text}`);
    equal(await landmark.getByRole("link", { name: "English" }).getAttribute("href"), "/en/", "language");
    equal(await landmark.getByRole("link", { name: "Mở tệp để sửa" }).getAttribute("href"), "vscode://file/portal/content/news/bai-viet.md", "file");
    const [end, top] = await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight * 2);
      const line = document.querySelector("congso-preview").shadowRoot.querySelector(".bar");
      return [document.querySelector("#end").getBoundingClientRect().bottom, line.getBoundingClientRect().top];
    });
    expect(end <= top, `the page ends at ${end}, the bar begins at ${top}`);
  });
  await check("folded away it stays so over a reload, and still tells of problems", prepare(), async ({ server, page }) => {
    await page.getByRole("button", { name: "Thu gọn" }).click();
    equal(await page.getByText("Đã đăng").isVisible(), false, "the bar's text");
    server.state = { ...server.state, problems: [WARNING] };
    await page.reload();
    await page.getByRole("button", { name: "Thanh xem trước (Cần xem lại: 1)" }).click();
    await page.getByText("Đã đăng").waitFor();
  });
  await check("without storage it folds all the same", prepare(), async ({ page }) => {
    await page.evaluate(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("no storage"); } }));
    await page.getByRole("button", { name: "Thu gọn" }).click();
    await page.getByRole("button", { name: "Thanh xem trước" }).click();
    await page.getByText("Đã đăng").waitFor();
  });
}

/** Looks at one arrangement with axe, measures targets and reflow, and draws it if a folder is given. */
async function looks(check) {
  const all = prepare({ problems: [WARNING], page: { status: { kind: "draft", text: "Bản nháp, chưa đăng" }, translation: MISSING } });
  for (const width of [320, 360, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      await check(`bar and overlay are accessible at ${width} px, ${colorScheme}`, all, async ({ server, page }) => {
        const look = async (name) => {
          if (pictures) await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png` });
          await page.evaluate(axe);
          const found = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
          const told = found.violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(" ")).join(", ")})`);
          expect(told.length === 0, `${name}: axe: ${told.join("; ")}`);
          const small = await page.evaluate(() => {
            const targets = [...document.querySelector("congso-preview").shadowRoot.querySelectorAll("a, button, input")];
            const boxes = targets.map((t) => [t.textContent || t.name, (t.closest("label") ?? t).getBoundingClientRect()]);
            return boxes.filter(([, b]) => b.width > 0 && (b.width < 24 || b.height < 24)).map(([text]) => text);
          });
          expect(small.length === 0, `${name}: small targets: ${small}`);
          equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name}: too wide`);
        };
        await look("bar");
        if (width < 960) await page.getByRole("button", { name: "Chi tiết" }).click();
        await look("details");
        await page.getByRole("button", { name: "Hiển thị" }).click();
        await look("options");
        await page.getByRole("button", { name: "Cần xem lại: 1" }).click();
        equal(await page.locator(".panel:visible").count(), 1, "open panels");
        await look("problems");
        server.tell({ overlay: [PROBLEM, { ...PROBLEM, severity: "warning", excerpt: [], code: "x" }] });
        await page.waitForSelector("dialog.overlay[open]");
        await page.waitForTimeout(250);
        await look("overlay");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Thu gọn" }).click();
        await look("folded");
      }, { viewport: { width, height: 800 }, colorScheme });
    }
  }
  await check("it shows in forced colours", all, async ({ server, page }) => {
    server.tell({ overlay: [PROBLEM] });
    await page.waitForSelector("dialog.overlay[open]");
    if (pictures) await page.screenshot({ path: `${pictures}/forced.png` });
  }, { forcedColors: "active", reducedMotion: "reduce" });
}

export async function surface(check) {
  await overlay(check);
  await bar(check);
  await looks(check);
}
