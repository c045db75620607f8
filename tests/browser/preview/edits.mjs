// Type, save, see: every sort of source, on the open page and without loading it anew.
import { equal, expect, mark, notReloaded, ownTheme, says } from "./check.mjs";

export const ARTICLE = "content/news/ba-tru-cot-chuyen-doi-so.md";
export const AT = "/tin-tuc/ba-tru-cot-chuyen-doi-so/";
/** An event of which nothing is shown beside news. */
export const OTHER = "content/events/hcmc-dx-week-2024.md";
const TITLE = "Ba trụ cột của chuyển đổi số và cấu trúc của Chương trình 749";
const KIT = "content/identity-kit/luoi-mot-khong.svg";
const CSS = "themes/mau/static/css/site.css";

const colour = (page, selector) => page.evaluate((s) => getComputedStyle(document.querySelector(s)).color, selector);
const hasColour = (page, wanted) =>
  page.waitForFunction((wanted) => getComputedStyle(document.querySelector("h1")).color === wanted, wanted);
const svg = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="90" viewBox="0 0 9 9"/>`;

export async function edits(check) {
  await check("a saved body is seen", { path: AT }, async ({ files, page }) => {
    await mark(page);
    await files.edit(ARTICLE, "Ba trụ cột dựa vào nhau.", "Ba trụ cột nâng đỡ nhau.");
    await says(page, ".text", "Ba trụ cột nâng đỡ nhau.");
    await notReloaded(page);
  });

  await check("a saved title is seen in the article, in lists and on the home page", { path: AT }, async ({ files, page, open }) => {
    const others = [await open("/tin-tuc/"), await open("/"), await open("/chu-de/chinh-phu-so/")];
    for (const other of [page, ...others]) await mark(other);
    await files.edit(ARTICLE, TITLE, "Ba trụ cột, kể lại");
    await says(page, "h1", "Ba trụ cột, kể lại");
    expect((await page.title()).startsWith("Ba trụ cột, kể lại"), `title ${await page.title()}`);
    for (const other of others) {
      await says(other, "main a", "Ba trụ cột, kể lại");
      await notReloaded(other);
    }
    await notReloaded(page);
  });

  await check("a saved date and topic are seen", { path: AT }, async ({ files, page, open }) => {
    const list = await open("/tin-tuc/");
    await mark(page);
    await files.edit(ARTICLE, "date: 2026-10-09", "date: 2026-10-07");
    await page.locator("time[datetime^='2026-10-07']").first().waitFor();
    await list.locator("time[datetime^='2026-10-07']").first().waitFor();
    await files.edit(ARTICLE, "topics: [digital-government,", "topics: [cybersecurity,");
    await says(page, ".article-head a", "An toàn và an ninh mạng");
    equal(await page.locator(".article-head a", { hasText: "Chính phủ số" }).count(), 0, "links of the old topic");
    await notReloaded(page);
  });

  await check("a saved stylesheet is exchanged without loading the page anew", { path: AT, prepare: ownTheme }, async ({ files, page }) => {
    await mark(page);
    const before = await colour(page, "h1");
    const css = await files.read("themes/default/static/css/site.css");
    await files.write(CSS, `${css}\nh1 { color: rgb(1, 2, 3); }\n`);
    await hasColour(page, "rgb(1, 2, 3)");
    await files.edit(CSS, "rgb(1, 2, 3)", "rgb(4, 5, 6)");
    await hasColour(page, "rgb(4, 5, 6)");
    equal(await page.locator("link[rel=stylesheet]").count(), 1, "stylesheets");
    await files.remove(CSS);
    await hasColour(page, before);
    await notReloaded(page);
  });

  await check("a saved template is seen", { path: AT, prepare: ownTheme }, async ({ files, page }) => {
    await mark(page);
    const news = await files.read("themes/default/templates/article.html");
    await files.write("themes/mau/templates/article.html", news.replace("<h1>", '<p id="kicker">Bản thử</p>\n    <h1>'));
    await says(page, "#kicker", "Bản thử");
    await files.edit("themes/mau/templates/article.html", "Bản thử", "Lần hai");
    await says(page, "#kicker", "Lần hai");
    await notReloaded(page);
  });

  await check("a saved string is seen", { path: AT, prepare: ownTheme }, async ({ files, page, open }) => {
    const english = await open("/en/");
    await mark(page);
    await files.write("themes/mau/i18n/vi.yaml", "footer.top: Lên trên cùng\n");
    await says(page, ".footer-top", "Lên trên cùng");
    await files.write("themes/mau/i18n/en.yaml", "footer.top: Up again\n");
    await says(english, ".footer-top", "Up again");
    await notReloaded(page);
  });

  await check("other bytes of a picture are seen", { path: "/bo-nhan-dien/" }, async ({ files, page }) => {
    await mark(page);
    const width = (wanted) => page.waitForFunction((wanted) => document.querySelector("main .text img").naturalWidth === wanted, wanted);
    await page.locator("main .text img").scrollIntoViewIfNeeded();
    await files.write(KIT, svg(90));
    await width(90);
    await files.write(KIT, svg(60));
    await width(60);
    await notReloaded(page);
  });

  const pictured = async (files) => {
    await files.write("content/news/anh.svg", svg(120));
    await files.edit(ARTICLE, "featured:", "image: {src: anh.svg, alt: Ảnh}\nfeatured:");
  };
  await check("other bytes of a leading picture are seen, also in lists", { path: AT, prepare: pictured }, async ({ files, page, open }) => {
    const home = await open("/");
    const width = (page, wanted) =>
      page.waitForFunction((wanted) => [...document.querySelectorAll("main img")].some((img) => img.naturalWidth === wanted), wanted);
    await width(page, 120);
    await width(home, 120);
    await files.write("content/news/anh.svg", svg(80));
    await width(page, 80);
    await width(home, 80);
  });

  await check("settings are followed", { path: AT }, async ({ files, page }) => {
    await files.edit("site.yaml", "title: Ngày Chuyển đổi số quốc gia", "title: Ngày hội số");
    await says(page, ".brand-title", "Ngày hội số");
  });

  await check("scroll, focus, selection and what is open stay", { path: AT, prepare: (files) => files.edit(ARTICLE, "## Các mục tiêu", DETAILS) }, async ({ files, page }) => {
    await mark(page);
    await page.locator("details summary").click();
    await page.locator("[data-tools] button").last().click();
    const link = page.locator(".text a", { hasText: "Quyết định số 411" });
    await link.focus();
    await page.evaluate(() => scrollTo(0, 600));
    // The theme scrolls smoothly: the page is still on its way.
    await page.waitForFunction(() => scrollY === 600);
    await files.edit(ARTICLE, "Một cửa hàng sẵn sàng", "Một cửa hàng đã sẵn sàng");
    await says(page, ".text", "Một cửa hàng đã sẵn sàng");
    await files.edit(ARTICLE, "Câu ẩn", "Câu đã hiện");
    await says(page, "details", "Câu đã hiện");
    equal(await page.evaluate(() => scrollY), 600, "scroll");
    expect(await link.evaluate((a) => a === document.activeElement), "the focus is lost");
    expect(await page.locator("details").evaluate((d) => d.open), "the list is closed");
    equal(await page.evaluate(() => document.documentElement.dataset.contrast), "more", "contrast");
    equal(await page.locator("[data-tools] button").count(), 4, "tools");
    await notReloaded(page);
  });

  await check("of twenty saves in a second the last is shown", { path: AT }, async ({ files, page, open }) => {
    const list = await open("/tin-tuc/");
    await mark(page);
    const text = await files.read(ARTICLE);
    for (let n = 1; n <= 20; n += 1) {
      await files.write(ARTICLE, text.replace(TITLE, `Lần lưu ${n}`).replace("Ba trụ cột dựa", `Lần ${n}: ba trụ cột dựa`));
      await new Promise((done) => setTimeout(done, 45));
    }
    await says(page, "h1", /^Lần lưu 20$/);
    await says(page, ".text", "Lần 20: ba trụ cột");
    await says(list, "main a", /^Lần lưu 20$/);
    await page.waitForTimeout(300);
    equal(await page.textContent("h1"), "Lần lưu 20", "title");
    equal(await page.locator("dialog.overlay[open]").count(), 0, "overlays");
    await notReloaded(page);
  });
}

const DETAILS = "<details>\n<summary>Xem thêm</summary>\n\nCâu ẩn.\n\n</details>\n\n## Các mục tiêu";
