// What a reader waits for on a slow line: 400 ms there and back, 400 kbit/s.
import { check, expect } from "./harness.mjs";

/** The sorts of page that most readers come to. */
const ENTRANCES = ["/", "/en/", "/tin-tuc/ba-tru-cot-chuyen-doi-so/", "/van-ban/2020/749-qd-ttg/", "/en/events/"];

const LINE = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };

/** Text is to be there by then, in milliseconds. */
const READABLE = 2_500;

/** Nothing may move. Where the system has no face that the headings' stand-in is made for, a heading may break otherwise. */
const SHIFT = 0.02;

/** When the first text was painted, in milliseconds, and by how much the page has shifted since. */
async function arrival(browser, url) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", LINE);
  await page.addInitScript(() => {
    window.shifted = 0;
    const add = (list) => list.getEntries().forEach((entry) => (window.shifted += entry.hadRecentInput ? 0 : entry.value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url, { waitUntil: "networkidle" });
  const told = await page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    shifted: window.shifted,
  }));
  await context.close();
  return told;
}

export async function slowLine({ browser, origin }) {
  for (const path of ENTRANCES) {
    await check(`${path} on a slow line`, async () => {
      const { painted, shifted } = await arrival(browser, origin + path);
      console.log(`${path} on a slow line: text after ${Math.round(painted)} ms, shift ${shifted.toFixed(3)}`);
      expect(painted > 0 && painted <= READABLE, `text after ${painted} ms`);
      expect(shifted < SHIFT, `what was there moved by ${shifted}`);
    });
  }
}
