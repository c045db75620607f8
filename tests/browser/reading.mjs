// How pages bear what readers do to them: narrow windows, zoom, wider spacing of text, less motion, forced colours.
import { check, each, expect } from "./harness.mjs";
import { PAGES } from "./pages.mjs";

/** What does not fit: elements that stick out of the window, and texts that are cut off in their box. */
const LOST = () => {
  const seen = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest(".hidden, .skip, svg");
  const inside = (element) => element.closest(".table-scroll");
  const width = document.documentElement.clientWidth;
  const lost = [];
  if (document.documentElement.scrollWidth > window.innerWidth) lost.push(`${document.documentElement.scrollWidth} px wide`);
  for (const element of document.querySelectorAll("body *")) {
    if (!seen(element) || inside(element)) continue;
    const box = element.getBoundingClientRect();
    const name = `${element.tagName.toLowerCase()}.${element.className}`;
    if (box.width > 0 && (box.right > width + 1 || box.left < -1)) lost.push(`${name} sticks out`);
    const { overflowX, overflowY } = getComputedStyle(element);
    const cuts = [overflowX, overflowY].some((overflow) => overflow === "hidden" || overflow === "clip");
    const over = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (cuts && over && element.textContent.trim()) lost.push(`${name} is cut off`);
  }
  return lost;
};

/** WCAG 2.2, 1.4.12: line height, and spacing of paragraphs, letters and words. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

async function nothingIsLost(browser, origin, what, options, change = async () => {}) {
  await each(browser, origin, PAGES, options, (path, page) =>
    check(`${path} loses nothing ${what}`, async () => {
      await change(page);
      const lost = await page.evaluate(LOST);
      expect(lost.length === 0, lost.slice(0, 6).join("; "));
    }),
  );
}

export async function reading({ browser, origin }) {
  await nothingIsLost(browser, origin, "at 320 px", { viewport: { width: 320, height: 800 } });
  // 1280 by 1024 at 400 % is what is left of a desktop.
  await nothingIsLost(browser, origin, "at 400 %", { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
  // Style sheets of readers are not bound by the policy of the page.
  const spaced = (page) => page.addStyleTag({ content: SPACING });
  await nothingIsLost(browser, origin, "with wider spacing", { viewport: { width: 360, height: 800 }, bypassCSP: true }, spaced);

  await check("text one and a half times as large still fits a phone", async () => {
    await each(browser, origin, ["/", "/van-ban/2020/749-qd-ttg/"], { viewport: { width: 360, height: 800 } }, async (path, page) => {
      for (let n = 0; n < 3; n += 1) await page.locator('[data-tools] [role="group"] button').last().click();
      expect((await page.evaluate(() => document.documentElement.dataset.size)) === "largest", "not the largest size");
      const lost = await page.evaluate(LOST);
      expect(lost.length === 0, `${path}: ${lost.slice(0, 6).join("; ")}`);
    });
  });

  await check("nothing moves for those who want less motion, and nothing ever moves by itself", async () => {
    const moving = () => {
      const all = [...document.querySelectorAll("*")].map((element) => getComputedStyle(element));
      const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth";
      const animated = all.filter((style) => style.animationName !== "none").length;
      return { smooth, animated, turning: all.filter((style) => !/^0s(, 0s)*$/.test(style.transitionDuration)).length };
    };
    await each(browser, origin, ["/", "/lich/2024/10/"], { reducedMotion: "reduce" }, async (path, page) => {
      const { smooth, animated, turning } = await page.evaluate(moving);
      expect(!smooth && animated + turning === 0, `${path}: ${JSON.stringify({ smooth, animated, turning })}`);
    });
    await each(browser, origin, ["/"], { reducedMotion: "no-preference" }, async (path, page) => {
      expect((await page.evaluate(moving)).animated === 0, `${path} is animated`);
    });
  });

  await check("forced colours show bars, marks and the current entry of the menu", async () => {
    const options = { forcedColors: "active" };
    await each(browser, origin, ["/van-ban/2020/749-qd-ttg/"], options, async (path, page) => {
      const colours = await page.evaluate(() => {
        const paint = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
        return {
          paper: paint("body", "backgroundColor"),
          fill: paint(".bar-fill", "fill"),
          mark: paint(".bar-mark", "fill"),
          current: paint(".menu a[aria-current]", "borderBottomColor"),
          other: paint(".menu a:not([aria-current])", "borderBottomColor"),
        };
      });
      expect(![colours.fill, colours.mark, colours.current].includes(colours.paper), `${path}: ${JSON.stringify(colours)}`);
      expect(colours.current !== colours.other, `the current entry looks like the others: ${colours.current}`);
    });
  });

  await check("print shows the address, the numbers and no tools", async () => {
    await each(browser, origin, ["/van-ban/2020/749-qd-ttg/"], {}, async (path, page) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const kept = await page.locator(".print-only").innerText();
      expect(kept.includes("https://") && kept.includes(path), kept);
      expect(/Ngày in: .*20\d\d/.test(kept), `no day of printing: ${kept}`);
      expect(await page.locator("h1 .number").isVisible(), "no number");
      for (const gone of [".menu", ".tools", ".share", ".cover", ".languages"]) {
        expect(!(await page.locator(gone).first().isVisible()), `${gone} is printed`);
      }
    });
  });
}
