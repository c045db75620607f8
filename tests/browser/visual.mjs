// Pictures of every template at two widths in both languages, held against those that were looked at.
//
// The pictures lie in `pictures/`, smaller than the page. Both are reduced to cells and compared by colour, so that
// another drawing of the same letters is no difference, and a line more, a field that moved or another colour is one.
// `UPDATE_PICTURES=1` makes them again; what differs is put into `target/pictures/`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WIDTHS, check, expect } from "./harness.mjs";
import { FESTIVE, TEMPLATES } from "./pages.mjs";
import { build } from "./portal.mjs";
import { serve } from "./server.mjs";

const KEPT = fileURLToPath(new URL("./pictures/", import.meta.url));
const DIFFERING = fileURLToPath(new URL("../../target/pictures/", import.meta.url));
const UPDATE = process.env.UPDATE_PICTURES === "1";

/** The day on which all pictures are made: the eve of the Day. */
const TODAY = new Date("2026-10-09T09:00:00+07:00");

/** A page of each template, and pages that the portal has none of. */
const PICTURED = {
  ...TEMPLATES,
  "all-parts": ["/tin-tuc/moi-thanh-phan/", "/en/news/all-parts/"],
  withdrawn: ["/tin-tuc/bai-da-go/", "/en/news/taken-back/"],
};

/** How much of a page is looked at, in CSS pixels; below it, a page repeats itself. */
const HEIGHT = 4000;

/** How large the pictures are beside the page. */
const SCALE = 0.4;

/** One cell is so many CSS pixels wide and high. */
const CELL = 16;

/** How far the mean colour of a cell may be off, of 255, and how many cells may be further off. */
const TOLERANCE = 20;
const CELLS = 4;

/** A picture of the page as WebP. */
async function picture(page, session) {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode()));
    await document.fonts.ready;
  });
  const { cssContentSize } = await session.send("Page.getLayoutMetrics");
  const clip = { x: 0, y: 0, width: cssContentSize.width, height: Math.min(cssContentSize.height, HEIGHT), scale: SCALE };
  const taken = await session.send("Page.captureScreenshot", { format: "webp", quality: 20, captureBeyondViewport: true, clip });
  return taken.data;
}

/** Where two pictures differ, as places in CSS pixels; what only one of them has, differs. Runs in the browser. */
async function differing({ kept, made, cell, scale, tolerance }) {
  const cells = async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/webp" }));
    const [width, height] = [image.width, image.height].map((length) => Math.round(length / scale / cell));
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas.imageSmoothingQuality = "high";
    canvas.drawImage(image, 0, 0, width, height);
    return { width, height, colours: canvas.getImageData(0, 0, width, height).data };
  };
  const [a, b] = [await cells(kept), await cells(made)];
  const places = [];
  for (let y = 0; y < Math.max(a.height, b.height); y += 1) {
    for (let x = 0; x < Math.max(a.width, b.width); x += 1) {
      const both = [a, b].every(({ width, height }) => x < width && y < height);
      const off = (part) => Math.abs(a.colours[(y * a.width + x) * 4 + part] - b.colours[(y * b.width + x) * 4 + part]);
      if (!both || Math.max(off(0), off(1), off(2)) > tolerance) places.push(`${x * cell},${y * cell}`);
    }
  }
  return places;
}

/** Makes the pictures of some templates of a site, and compares each with its like. */
async function pictures({ browser, origin, blank, theme, templates }) {
  for (const width of WIDTHS) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce", timezoneId: "Asia/Ho_Chi_Minh" });
    const page = await context.newPage();
    await page.clock.setFixedTime(TODAY);
    const session = await context.newCDPSession(page);
    for (const template of templates) {
      for (const path of PICTURED[template]) {
        const name = join(theme, `${template}-${path.startsWith("/en/") ? "en" : "vi"}-${width}.webp`);
        await check(`picture ${name}`, async () => {
          await page.goto(origin + path, { waitUntil: "load" });
          const made = await picture(page, session);
          const put = (folder) => {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), Buffer.from(made, "base64"));
          };
          if (UPDATE) return put(KEPT);
          const kept = readFileSync(join(KEPT, name)).toString("base64");
          const places = await blank.evaluate(differing, { kept, made, cell: CELL, scale: SCALE, tolerance: TOLERANCE });
          if (places.length > CELLS) put(DIFFERING);
          expect(places.length <= CELLS, `${places.length} places differ, the first at ${places.slice(0, 3).join(" ")}: see target/pictures/`);
        });
      }
    }
    await context.close();
  }
}

export async function visual({ browser }) {
  rmSync(DIFFERING, { recursive: true, force: true });
  const blank = await browser.newPage();
  for (const [theme, templates] of [["default", Object.keys(PICTURED)], ["le-hoi", FESTIVE]]) {
    const site = build({ theme, pages: "tests/fixtures/visual", today: TODAY });
    const server = await serve(site.out);
    try {
      await pictures({ browser, origin: server.origin, blank, theme, templates });
    } finally {
      await server.close();
      site.remove();
    }
  }
  await blank.close();
}
