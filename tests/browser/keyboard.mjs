// Keyboard alone: everything is reached, in the order of the page, with a focus that shows and is not covered.
import { check, each, expect } from "./harness.mjs";
import { PAGES } from "./pages.mjs";

const FOCUSABLE = "a[href], button, select, input, summary, [tabindex='0']";

/** What can be reached, in the order of the page. */
const wanted = (page) =>
  page.evaluate((selector) => {
    const all = [...document.querySelectorAll(selector)];
    const shown = all.filter((element) => element.checkVisibility({ checkVisibilityCSS: true }));
    for (const [place, element] of shown.entries()) element.dataset.place = place;
    return shown.length;
  }, FOCUSABLE);

/** What has the focus now, and how it shows. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    // A link that breaks across lines is met at its first line.
    const first = element.getClientRects()[0] ?? box;
    const [x, y] = [first.left + Math.min(first.width, 20) / 2, first.top + first.height / 2];
    const met = document.elementFromPoint(x, y);
    const style = getComputedStyle(element);
    return {
      place: Number(element.dataset.place),
      name: element.textContent.trim().slice(0, 40),
      inside: box.bottom > 0 && box.top < innerHeight,
      covered: !(met && (element.contains(met) || met.contains(element))),
      outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
  });

async function reached(path, page) {
  const count = await wanted(page);
  expect(count > 10, `${path} has only ${count} things to reach`);
  let before = -1;
  for (let n = 0; n < count; n += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    expect(now, `after ${n} of ${count} the focus is nowhere`);
    expect(now.place === before + 1, `“${now.name}” is number ${now.place}, after ${before}`);
    expect(now.outlined, `the focus on “${now.name}” does not show`);
    expect(now.inside && !now.covered, `the focus on “${now.name}” is hidden`);
    before = now.place;
  }
}

/** WCAG 2.2, 2.5.8: 24 pixels, or as much room around; what stands in a line of text is free. */
const SMALL = () => {
  const targets = [...document.querySelectorAll("a[href], button, select, summary")].filter((element) =>
    element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest(".skip"),
  );
  const inText = (element) =>
    element.matches(".text :is(p, li, td, dd, dt, blockquote, figcaption) a, .byline a, .record a, .notice a, .footnotes a, .lead a") ||
    (getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim());
  const boxes = targets.map((element) => ({ element, box: element.getBoundingClientRect() }));
  const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
  const small = boxes.filter(({ element, box }) => (box.width < 23.5 || box.height < 23.5) && !inText(element));
  const crowded = small.filter((one) =>
    boxes.some((other) => {
      if (other === one || other.element.contains(one.element) || one.element.contains(other.element)) return false;
      const [[x, y], [left, top]] = [middle(one), middle(other)];
      return Math.hypot(x - left, y - top) < 24;
    }),
  );
  return crowded.map(({ element, box }) => `${element.textContent.trim().slice(0, 30)} (${Math.round(box.width)} × ${Math.round(box.height)})`);
};

export async function keyboard({ browser, origin }) {
  for (const width of [360, 1280]) {
    const paths = ["/", "/van-ban/2020/749-qd-ttg/", "/en/decisions/", "/lich/2024/10/", "/tro-nang/"];
    await each(browser, origin, paths, { viewport: { width, height: 800 }, reducedMotion: "reduce" }, (path, page) =>
      check(`the keyboard alone reaches all of ${path} at ${width} px`, () => reached(path, page)),
    );
  }
  await each(browser, origin, PAGES, { viewport: { width: 360, height: 800 } }, (path, page) =>
    check(`${path} has targets that a finger hits`, async () => {
      const small = await page.evaluate(SMALL);
      expect(small.length === 0, small.slice(0, 6).join("; "));
    }),
  );
}
