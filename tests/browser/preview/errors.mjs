// Errors: told over the page they keep from being built, counted elsewhere, gone once they are mended.
import { connected, equal, expect, mark, notReloaded, overlay, overlayGone, ownTheme, says } from "./check.mjs";
import { ARTICLE, AT, OTHER } from "./edits.mjs";

const OTHER_AT = "/su-kien/2024/tuan-le-chuyen-doi-so-thanh-pho-ho-chi-minh/";
const ENGLISH = "content/news/ba-tru-cot-chuyen-doi-so.en.md";
const ENGLISH_AT = "/en/news/three-pillars-of-digital-transformation/";

const TEXTS = {
  vi: { title: "Chưa dựng được trang này", remedy: "Cách sửa:", lead: "Bên dưới vẫn là bản đúng gần nhất", problems: "Cần xem lại: 1" },
  en: { title: "This page could not be built", remedy: "How to mend it:", lead: "Below is its last good version", problems: "To check: 1" },
};

/** What can be wrong: a file, the text that is right, the one that is not, and what of it is marked. */
const BREAKS = [
  { name: "a date that is none", file: ARTICLE, right: "date: 2026-10-09T08:00+07:00", wrong: "date: ngày mai", line: 4, marked: "ngày mai" },
  { name: "front matter that is no YAML", file: ARTICLE, right: "tags: [xep-hang-quoc-te]", wrong: "tags: [xep-hang-quoc-te", line: null, marked: null },
  { name: "a link that leads nowhere", file: ARTICLE, right: "../decisions/942-qd-ttg.md", wrong: "../decisions/942-qd-tt.md", line: 15, marked: "942-qd-tt.md" },
  { name: "an unknown topic", file: ARTICLE, right: "topics: [digital-government,", wrong: "topics: [digital-goverment,", line: 5, marked: "digital-goverment" },
];

/** The overlay tells of one place. */
async function tells(page, lang, { file, line, marked }) {
  const panel = overlay(page);
  await panel.waitFor();
  for (const text of [TEXTS[lang].title, TEXTS[lang].lead, TEXTS[lang].remedy]) {
    await panel.getByText(text).first().waitFor();
  }
  const place = await panel.locator(".where").first().innerText();
  expect(line === null ? /:\d+$/.test(place) && place.startsWith(file) : place === `${file}:${line}`, `place ${place}`);
  const link = await panel.locator(".where a").first().getAttribute("href");
  expect(link.startsWith("vscode://file/") && link.includes(`/${file}:`), `link ${link}`);
  expect((await panel.locator(".excerpt .number").count()) > 1, "no excerpt");
  if (marked) expect((await panel.locator("mark").first().innerText()).includes(marked), `marked ${await panel.locator("mark").allInnerTexts()}`);
}

async function overlays(check) {
  for (const lang of ["vi", "en"]) {
    await check(`errors of a document, told in ${lang}, go when they are mended`, { path: AT, lang }, async ({ files, page }) => {
      await mark(page);
      const before = await page.textContent("h1");
      for (const wrong of BREAKS) {
        await files.edit(wrong.file, wrong.right, wrong.wrong);
        await tells(page, lang, wrong).catch((error) => {
          throw new Error(`${wrong.name}: ${error.message}`);
        });
        equal(await page.textContent("h1"), before, "what is below");
        await files.edit(wrong.file, wrong.wrong, wrong.right);
        await overlayGone(page);
      }
      await notReloaded(page);
    });

    await check(`an error of a template, told in ${lang}, goes when it is mended`, { path: AT, lang, prepare: ownTheme }, async ({ files, page }) => {
      await mark(page);
      const file = "themes/mau/templates/article.html";
      const right = await files.read("themes/default/templates/article.html");
      const line = right.split("\n").findIndex((text) => text.includes("{{ page.title }}")) + 1;
      await files.write(file, right.replace("<h1>{{ page.title }}", "<h1>{{ page.title "));
      await tells(page, lang, { file, line, marked: null });
      await files.write(file, right.replace("{{ page.title }}", "{{ page.tilte }}"));
      await tells(page, lang, { file, line, marked: null });
      await files.write(file, right);
      await overlayGone(page);
      await files.write("themes/mau/i18n/vi.yaml", "footer.top: [Lên\n");
      await overlay(page).waitFor();
      await files.remove("themes/mau/i18n/vi.yaml");
      await overlayGone(page);
      await notReloaded(page);
    });
  }
}

async function elsewhere(check) {
  await check("an error in another file is counted and covers nothing", { path: AT }, async ({ files, page, open }) => {
    const badge = page.getByRole("button", { name: TEXTS.vi.problems });
    await files.edit(OTHER, "start: 2024-10-22", "start: 2024-13-22");
    await badge.waitFor();
    equal(await page.locator("dialog.overlay[open]").count(), 0, "overlays");
    await badge.click();
    await says(page, ".panel .where", `${OTHER}:5`);
    // All else goes on: the writer works on this page meanwhile.
    await files.edit(ARTICLE, "Ba trụ cột dựa vào nhau.", "Ba trụ cột nâng đỡ nhau.");
    await says(page, ".text", "Ba trụ cột nâng đỡ nhau.");
    const there = await open(OTHER_AT);
    await overlay(there).waitFor();
    await says(there, "h1", "Tuần lễ Chuyển đổi số Thành phố Hồ Chí Minh năm 2024");
    await files.edit(OTHER, "start: 2024-13-22", "start: 2024-10-22");
    await badge.waitFor({ state: "hidden" });
    await overlayGone(there);
  });

  await check("an overlay that was closed stays closed for its problems", { path: AT }, async ({ files, page }) => {
    await files.edit(ARTICLE, "date: 2026-10-09T08:00+07:00", "date: ngày mai");
    await overlay(page).waitFor();
    await page.keyboard.press("Escape");
    await overlayGone(page);
    await files.edit(ARTICLE, "title: Ba trụ cột", "title: Bốn trụ cột");
    await page.waitForTimeout(500);
    equal(await page.locator("dialog.overlay[open]").count(), 0, "overlays");
    await page.getByRole("button", { name: TEXTS.vi.problems }).click();
    await says(page, ".panel .where", `${ARTICLE}:4`);
    await files.edit(ARTICLE, "date: ngày mai", "date: 2026-10-09T08:00+07:00");
    await says(page, "h1", "Bốn trụ cột");
  });

  await check("a warning covers nothing", { path: AT }, async ({ files, page }) => {
    await files.edit(ARTICLE, "tags: [xep-hang-quoc-te]", "tags: [xep-hang-quoc-te]\nfoo: bar");
    await page.getByRole("button", { name: "Cần xem lại" }).waitFor();
  });
}

async function starts(check) {
  for (const lang of ["vi", "en"]) {
    const prepare = (files) => files.edit("site.yaml", "timezone: Asia/Ho_Chi_Minh", "timezone: [Asia");
    await check(`it starts with broken settings and tells so in ${lang}`, { path: AT, lang, prepare }, async ({ files, page }) => {
      await overlay(page).waitFor();
      await says(page, "dialog .where", /^site\.yaml:\d+$/);
      await overlay(page).getByText(lang === "vi" ? "Sửa xong và lưu lại thì trang sẽ tự hiện ra." : "The page appears by itself").waitFor();
      await files.edit("site.yaml", "timezone: [Asia", "timezone: Asia/Ho_Chi_Minh");
      await says(page, "main h1", "Ba trụ cột của chuyển đổi số");
      await connected(page);
      equal(await page.locator("dialog.overlay[open]").count(), 0, "overlays");
    });
  }

  const prepare = async (files) => {
    await files.edit(ARTICLE, "date: 2026-10-09T08:00+07:00", "date: ngày mai");
    await files.edit(ENGLISH, "translates:", "translates: [");
  };
  await check("it starts with broken documents: all other pages are there", { path: "/", prepare }, async ({ files, page, open }) => {
    await page.getByRole("button", { name: /Cần xem lại: \d/ }).waitFor();
    await (await open("/tin-tuc/thang-tieu-dung-so/")).getByRole("heading", { level: 1, name: "Tháng tiêu dùng số" }).waitFor();
    const there = await open(AT);
    await overlay(there).waitFor();
    await files.edit(ARTICLE, "date: ngày mai", "date: 2026-10-09T08:00+07:00");
    await files.edit(ENGLISH, "translates: [", "translates:");
    await overlayGone(there);
    await says(there, "main h1", "Ba trụ cột của chuyển đổi số");
    await page.getByRole("button", { name: /Cần xem lại/ }).waitFor({ state: "hidden" });
    await says(await open(ENGLISH_AT), "h1", "Three pillars");
  });
}

export async function errors(check) {
  await overlays(check);
  await elsewhere(check);
  await starts(check);
}
