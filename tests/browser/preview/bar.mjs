// What a writer does in the preview bar, with the files that come of it; keyboard, accessibility, pictures.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { equal, expect, mark, notReloaded, overlay, says } from "./check.mjs";
import { ARTICLE, AT, OTHER } from "./edits.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.PICTURES;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const ENGLISH = "content/news/ba-tru-cot-chuyen-doi-so.en.md";
const ENGLISH_AT = "/en/news/three-pillars-of-digital-transformation/";
const LONELY_AT = "/tin-tuc/thang-tieu-dung-so/";
const LONELY_ENGLISH = "content/news/thang-tieu-dung-so.en.md";

const DRAFT = "---\ntitle: Bài đang viết\ndate: 2024-01-02\ndraft: true\n---\n\nChưa xong.\n";
const FUTURE = "---\ntitle: Bài sắp đăng\ndate: 2099-01-02T08:00+07:00\n---\n\nĐợi.\n";
const held = async (files) => {
  await files.write("content/news/nhap.md", DRAFT);
  await files.write("content/news/sap-dang.md", FUTURE);
};

async function choices(check) {
  await check("drafts and pages to come are shown and hidden from the bar", { path: "/tin-tuc/", prepare: held }, async ({ page, open }) => {
    const link = (name) => page.locator("main a", { hasText: name });
    const draft = await open("/tin-tuc/nhap/");
    await says(draft, "main h1", "Không tìm thấy trang");
    equal((await link("Bài đang viết").count()) + (await link("Bài sắp đăng").count()), 0, "links to what is not shown");
    await page.getByRole("button", { name: "Hiển thị" }).click();
    await page.getByRole("checkbox", { name: "Hiện cả bản nháp" }).check();
    await link("Bài đang viết").waitFor();
    equal(await link("Bài sắp đăng").count(), 0, "links to what is to come");
    await says(draft, "main h1", "Bài đang viết");
    await draft.getByText("Bản nháp, chưa đăng").waitFor();
    // Browsers draw a tab behind others rarely, and clicking waits for that.
    await page.bringToFront();
    await page.getByRole("checkbox", { name: "Hiện cả trang chưa đến ngày đăng" }).check();
    await link("Bài sắp đăng").waitFor();
    const future = await open("/tin-tuc/sap-dang/");
    await future.getByText("Sẽ đăng lúc 02/01/2099 08:00").waitFor();
    expect(await draft.getByRole("checkbox", { name: "Hiện cả trang chưa đến ngày đăng", includeHidden: true }).isChecked(), "another tab does not know");
    await page.bringToFront();
    await page.getByRole("checkbox", { name: "Hiện cả bản nháp" }).uncheck();
    await page.getByRole("checkbox", { name: "Hiện cả trang chưa đến ngày đăng" }).uncheck();
    await link("Bài đang viết").waitFor({ state: "detached" });
    await link("Bài sắp đăng").waitFor({ state: "detached" });
    await says(draft, "main h1", "Không tìm thấy trang");
  });

  await check("options of the command show them from the start", { path: "/tin-tuc/", prepare: held, args: ["--drafts", "--future"] }, async ({ page }) => {
    await says(page, "main a", "Bài đang viết");
    await says(page, "main a", "Bài sắp đăng");
  });

  await check("a page appears at its time without an edit", { path: "/tin-tuc/" }, async ({ files, page }) => {
    const time = new Date(Date.now() + 4000).toISOString().replace(/\.\d+Z$/, "+00:00");
    await files.write("content/news/dung-gio.md", `---\ntitle: Đúng giờ\ndate: ${time}\n---\n\nĐã đến giờ.\n`);
    const link = page.locator("main a", { hasText: "Đúng giờ" });
    await page.waitForTimeout(1500);
    equal(await link.count(), 0, "links before its time");
    await link.waitFor();
  });
}

async function translations(check) {
  await check("a button makes the missing translation", { path: LONELY_AT, lang: "en" }, async ({ files, page, open }) => {
    await mark(page);
    await page.getByText("No English version yet").waitFor();
    await page.getByRole("button", { name: "Create the translation" }).click();
    const told = page.getByText(`Created ${LONELY_ENGLISH}.`);
    await told.waitFor();
    expect((await told.getByRole("link").getAttribute("href")).includes(`/${LONELY_ENGLISH}:`), "no link to the new file");
    const text = await files.read(LONELY_ENGLISH);
    for (const part of ['title: "Tháng tiêu dùng số', "draft: true", "## Vì sao lại là tiêu dùng"]) expect(text.includes(part), `no ${part} in ${text.slice(0, 300)}`);
    // It is a draft: not shown, but no longer to be made.
    await page.getByRole("button", { name: "Create the translation" }).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByRole("checkbox", { name: "Show drafts" }).check();
    const english = page.getByRole("region", { name: "Preview bar" }).getByRole("link", { name: "English" });
    await english.waitFor();
    await notReloaded(page);
    await english.click();
    await page.waitForURL(`${files.origin}/en/**`);
    await page.getByText("Draft, not published").waitFor();
    await says(await open(LONELY_AT), "main h1", "Tháng tiêu dùng số");
  });

  await check("a button confirms a translation", { path: ENGLISH_AT, lang: "en" }, async ({ files, page }) => {
    const before = await files.read(ENGLISH);
    await page.getByText("Confirmed translation").waitFor();
    const button = page.getByRole("button", { name: "Confirm the translation" });
    expect(!(await button.isVisible()), "there is nothing to confirm");
    await files.edit(ARTICLE, "Ba trụ cột dựa vào nhau.", "Ba trụ cột nâng đỡ nhau.");
    await page.getByText("The original has changed since this translation was confirmed").waitFor();
    await button.click();
    await page.getByText("The translation is confirmed.").waitFor();
    await page.getByText("Confirmed translation").waitFor();
    await button.waitFor({ state: "hidden" });
    const after = await files.read(ENGLISH);
    const digest = /\ntranslates: \w+\n/;
    expect(after !== before && digest.test(after), "the digest is not written");
    equal(after.replace(digest, ""), before.replace(digest, ""), "the rest of the file");
  });

  await check("the languages of page and bar lead to each other", { path: AT }, async ({ files, page }) => {
    const bar = () => page.getByRole("region", { name: "Thanh xem trước" });
    await bar().getByRole("link", { name: "English" }).click();
    await page.waitForURL(files.origin + ENGLISH_AT);
    await bar().getByRole("link", { name: "Tiếng Việt" }).click();
    await page.waitForURL(files.origin + AT);
    await page.locator('.languages a[hreflang="en"]').first().click();
    await page.waitForURL(files.origin + ENGLISH_AT);
    await bar().getByText("Được đăng").waitFor();
  });
}

async function keyboard(check) {
  await check("the keyboard reaches and operates the bar", { path: LONELY_AT }, async ({ files, page }) => {
    // Backwards from the beginning: the bar is the last of the page.
    const focused = () => page.evaluate(() => document.querySelector("congso-preview").shadowRoot.activeElement?.textContent ?? null);
    const to = async (name, key) => {
      for (let n = 0; n < 20; n += 1) {
        await page.keyboard.press(key);
        if ((await focused()) === name) return;
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await page.locator("footer a").last().focus();
    await to("Tạo bản dịch", "Tab");
    await to("Hiển thị", "Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "Hiện cả bản nháp" }).waitFor();
    await page.keyboard.press("Escape");
    equal(await page.getByRole("checkbox", { name: "Hiện cả bản nháp" }).isVisible(), false, "the panel");
    equal(await focused(), "Hiển thị", "the focus");
    await to("Thu gọn", "Tab");
    await page.keyboard.press("Space");
    equal(await page.getByText("Được đăng").isVisible(), false, "the bar's text");
    await page.keyboard.press("Enter");
    await page.getByText("Được đăng").waitFor();
    await to("Tạo bản dịch", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByText(`Đã tạo tệp ${LONELY_ENGLISH}.`).waitFor();
    expect(files.exists(LONELY_ENGLISH), "no file");
  });
}

async function looks(check) {
  for (const lang of ["vi", "en"]) {
    for (const width of [360, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        // Without pictures every other arrangement is enough: each language, width and scheme is seen twice.
        const isSeen = pictures || (lang === "vi") === ((width === 360) === (colorScheme === "light"));
        if (!isSeen) continue;
        const window = { viewport: { width, height: width === 360 ? 740 : 800 }, colorScheme };
        await check(`bar and overlay are accessible in ${lang} at ${width} px, ${colorScheme}`, { path: LONELY_AT, lang, ...window }, async ({ files, page }) => {
          const look = async (name) => {
            if (pictures) await page.screenshot({ path: `${pictures}/${lang}-${width}-${colorScheme}-${name}.png` });
            await page.evaluate(axe);
            const found = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), TAGS);
            const told = found.violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(" ")).join(", ")})`);
            expect(told.length === 0, `${name}: axe: ${told.join("; ")}`);
            equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name}: too wide`);
          };
          await look("bar");
          if (pictures && width === 360) {
            await page.getByRole("button", { name: lang === "vi" ? "Chi tiết" : "Details" }).click();
            await look("details");
          }
          await files.edit(OTHER, "start: 2024-10-22", "start: 2024-13-22");
          const badge = page.getByRole("button", { name: lang === "vi" ? "Cần xem lại: 1" : "To check: 1" });
          await badge.waitFor();
          await badge.click();
          await look("problems");
          await badge.click();
          await files.edit("content/news/thang-tieu-dung-so.md", "../decisions/411-qd-ttg.md", "../decisions/411-qd-tt.md");
          await overlay(page).waitFor();
          // It comes in with a short movement, during which contrast cannot be measured.
          await overlay(page).evaluate((panel) => Promise.all(panel.getAnimations().map((animation) => animation.finished)));
          await look("overlay");
        });
      }
    }
  }
}

export async function bar(check) {
  await choices(check);
  await translations(check);
  await keyboard(check);
  await looks(check);
}
