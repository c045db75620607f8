// The second theme: chosen by one line of the settings, it is another picture and as easy to read.
import { axe } from "./axe.mjs";
import { check, each, expect } from "./harness.mjs";
import { css, html } from "./html.mjs";
import { FESTIVE, pagesOf } from "./pages.mjs";
import { build } from "./portal.mjs";
import { serve } from "./server.mjs";

const PAGES = pagesOf(FESTIVE);

export async function festival({ browser }) {
  const site = build({ theme: "le-hoi" });
  const server = await serve(site.out);
  const { origin } = server;
  try {
    await axe({ browser, origin, name: "le-hoi ", pages: PAGES, full: true });
    await check("the festive home page leads with the days to go", async () => {
      await each(browser, origin, ["/", "/en/"], {}, async (path, page) => {
        const lead = await page.locator("h1").innerText();
        expect(/\d/.test(lead) && (await page.locator("h1 .days-to-go").isVisible()), `${path}: ${lead}`);
        const paint = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor);
        expect((await paint(".hero")) !== (await paint("body")), "the hero is no field of its own");
      });
      await each(browser, origin, ["/"], { javaScriptEnabled: false }, async (_, page) => {
        expect((await page.locator("h1").innerText()).includes("10"), "no date without JavaScript");
      });
    });
    await check("the festive pages fit 320 px", async () => {
      await each(browser, origin, PAGES, { viewport: { width: 320, height: 800 } }, async (path, page) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over <= 0, `${path} is ${over} px too wide`);
      });
    });
    await html(site.out, "le-hoi");
    await css(site.out, "le-hoi");
  } finally {
    await server.close();
    site.remove();
  }
}
