// Files and folders that come, go and change their names while their pages are open; two languages side by side.
import { connected, equal, expect, mark, notReloaded, overlay, says } from "./check.mjs";
import { ARTICLE, AT } from "./edits.mjs";

const ENGLISH = "content/news/ba-tru-cot-chuyen-doi-so.en.md";
const ENGLISH_AT = "/en/news/three-pillars-of-digital-transformation/";
const TITLE = "Ba trụ cột của chuyển đổi số";
const LONELY = "content/news/thang-tieu-dung-so.md";

/** The page of a language that says that there is none, with the bar, and without an overlay of its own. */
async function missing(page, lang) {
  await says(page, "main h1", lang === "vi" ? "Không tìm thấy trang" : "Page not found");
  equal(await page.evaluate(() => document.documentElement.lang), lang, "language");
  await connected(page);
}

export async function moves(check) {
  await check("a page that goes shows the 404 page of its language, and comes back", { path: AT }, async ({ files, page, open }) => {
    const english = await open(ENGLISH_AT);
    const text = await files.read(ENGLISH);
    await files.remove(ENGLISH);
    await missing(english, "en");
    await says(page, "main h1", TITLE);
    await files.write(ENGLISH, text);
    await says(english, "main h1", "Three pillars");
    await says(page, "main h1", TITLE);
  });

  await check("so does one in the other language", { path: "/tin-tuc/thang-tieu-dung-so/" }, async ({ files, page, open }) => {
    const list = await open("/tin-tuc/");
    const text = await files.read(LONELY);
    await files.remove(LONELY);
    await missing(page, "vi");
    await list.locator("main a", { hasText: "Tháng tiêu dùng số" }).waitFor({ state: "detached" });
    await files.write(LONELY, text);
    await says(page, "main h1", "Tháng tiêu dùng số");
    await says(list, "main a", "Tháng tiêu dùng số");
  });

  await check("a page that was never there comes when its file does", { path: "/tin-tuc/tin-moi/" }, async ({ files, page, open }) => {
    await missing(page, "vi");
    const english = await open("/en/news/fresh/");
    await missing(english, "en");
    await files.write("content/news/tin-moi.md", "---\ntitle: Tin mới\ndate: 2024-01-02\n---\n\nNội dung.\n");
    await says(page, "main h1", "Tin mới");
    await files.write("content/news/tin-moi.en.md", "---\ntitle: Fresh news\nslug: fresh\n---\n\nText.\n");
    await says(english, "main h1", "Fresh news");
  });

  await check("a renamed file answers at its new address", { path: "/tin-tuc/thang-tieu-dung-so/" }, async ({ files, page, open }) => {
    await files.move(LONELY, "content/news/thang-mua-sam-so.md");
    await missing(page, "vi");
    await says(await open("/tin-tuc/thang-mua-sam-so/"), "main h1", "Tháng tiêu dùng số");
    await files.move("content/news/thang-mua-sam-so.md", LONELY);
    await says(page, "main h1", "Tháng tiêu dùng số");
  });

  await check("a renamed page with an alias leads on", { path: "/tin-tuc/thang-tieu-dung-so/" }, async ({ files, page }) => {
    await files.edit(LONELY, "date:", "slug: thang-mua-sam-so\naliases: [/tin-tuc/thang-tieu-dung-so/]\ndate:");
    await page.waitForURL(`${files.origin}/tin-tuc/thang-mua-sam-so/`);
    await says(page, "main h1", "Tháng tiêu dùng số");
  });

  await check("a folder that goes and comes takes its pages along", { path: "/bo-nhan-dien/" }, async ({ files, page, open }) => {
    const english = await open("/en/identity-kit/").catch(() => null);
    await files.move("content/identity-kit", "moved");
    await missing(page, "vi");
    expect(await page.getByRole("button", { name: /Cần xem lại: \d/ }).isVisible(), "nothing is told of links that lead nowhere");
    await files.move("moved", "content/identity-kit");
    await says(page, "main h1", "Bộ nhận diện");
    await page.waitForFunction(() => document.querySelector("main .text img")?.naturalWidth > 0);
    await page.getByRole("button", { name: /Cần xem lại/ }).waitFor({ state: "hidden" });
    equal(await page.locator("dialog.overlay[open]").count(), 0, "overlays");
    if (english) await english.close();
  });

  await check("a renamed section has other addresses", { path: "/van-ban/" }, async ({ files, page, open }) => {
    await files.write("content/thu/_index.md", "---\ntitle: Mục thử\n---\n");
    await files.write("content/thu/mot.md", "---\ntitle: Trang một\n---\n\nMột.\n");
    const one = await open("/thu/mot/").catch(() => null);
    await says(one, "main h1", "Trang một");
    await files.move("content/thu", "content/thu-hai");
    await missing(one, "vi");
    await says(await open("/thu-hai/mot/"), "main h1", "Trang một");
    await files.write("content/thu-hai/hai.md", "---\ntitle: Trang hai\n---\n\nHai.\n");
    await says(await open("/thu-hai/hai/"), "main h1", "Trang hai");
    await files.remove("content/thu-hai");
    await says(page, "main h1", "Văn bản");
  });

  await check("two languages side by side follow their own files", { path: AT }, async ({ files, page, open }) => {
    const english = await open(ENGLISH_AT);
    await mark(page);
    await mark(english);
    await files.edit(ENGLISH, "title: ", "title: Again, ");
    await says(english, "h1", "Again, ");
    equal((await page.textContent("h1")).includes("Again"), false, "the other page");
    await files.edit(ARTICLE, "Ba trụ cột dựa vào nhau.", "Ba trụ cột nâng đỡ nhau.");
    await says(page, ".text", "Ba trụ cột nâng đỡ nhau.");
    await english.getByText("Bản gốc đã thay đổi sau khi bản dịch được xác nhận").waitFor();
    await files.edit(ARTICLE, "date: 2026-10-09T08:00+07:00", "date: ngày mai");
    // The date is the original's: both pages depend on it.
    await overlay(page).waitFor();
    await overlay(english).waitFor();
    await files.edit(ARTICLE, "date: ngày mai", "date: 2026-10-08T08:00+07:00");
    await page.locator("time[datetime^='2026-10-08']").first().waitFor();
    await english.locator("time[datetime^='2026-10-08']").first().waitFor();
    await notReloaded(page);
    await notReloaded(english);
  });
}
