// axe-core on every template, in both languages, on a phone and a desktop, in all palettes: no violation of any impact.
import { AXE, FULL, PALETTES, WIDTHS, check, each, expect } from "./harness.mjs";
import { PAGES } from "./pages.mjs";

/** All windows: a width and a palette. */
const WINDOWS = WIDTHS.flatMap((width) => Object.keys(PALETTES).map((palette) => ({ width, palette })));

/** Of the sample, each page is seen in two windows that differ in width and palette, and all windows are used. */
const inSample = (page, window) => [page % WINDOWS.length, (page + 5) % WINDOWS.length].includes(window);

/** What axe finds in a page, as text. */
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run().then((result) => result.violations));
  return found.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(" ")).join(", ")})`);
}

export async function axe({ browser, origin, name = "", pages = PAGES, full = FULL }) {
  for (const [number, { width, palette }] of WINDOWS.entries()) {
    const chosen = pages.filter((_, page) => full || inSample(page, number));
    const options = { viewport: { width, height: 900 }, ...PALETTES[palette] };
    await each(browser, origin, chosen, options, (path, page, problems) =>
      check(`${name}${path} at ${width} px, ${palette}`, async () => {
        const told = await violations(page);
        expect(told.length === 0, `axe: ${told.join("; ")}`);
        expect((await page.locator("h1").count()) === 1, "not exactly one h1");
        expect(problems.length === 0, problems.join("; "));
      }),
    );
  }
}

/** The reader's own switch gives the same colours as the wish of the system. */
export async function ownContrast({ browser, origin }) {
  await check("axe holds in the high contrast that a reader switches on", async () => {
    await each(browser, origin, ["/", "/van-ban/2020/749-qd-ttg/"], {}, async (path, page) => {
      await page.locator("[data-tools] button[aria-pressed]").click();
      const told = await violations(page);
      expect(told.length === 0, `${path}: ${told.join("; ")}`);
      await page.locator("[data-tools] button[aria-pressed]").click();
    });
  });
  await check("high contrast is seven to one for all text", async () => {
    for (const palette of ["high contrast", "dark high contrast"]) {
      await each(browser, origin, ["/", "/van-ban/2020/749-qd-ttg/", "/lich/2024/10/"], PALETTES[palette], async (path, page) => {
        await page.evaluate(AXE);
        const found = await page.evaluate(() =>
          window.axe.run({ runOnly: ["color-contrast-enhanced"], rules: { "color-contrast-enhanced": { enabled: true } } }),
        );
        const told = found.violations.flatMap((v) => v.nodes.map((n) => `${n.target.join(" ")} ${n.any[0]?.message}`));
        expect(told.length === 0, `${path}, ${palette}: ${told.slice(0, 5).join("; ")}`);
      });
    }
  });
}
