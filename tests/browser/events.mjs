// What the script makes of events and of the next Day as time goes on after the build.

/** The year of the next Day in the page, which depends on when the portal was built. */
async function nextDay(page) {
  return page.locator("[data-next-day]").getAttribute("datetime");
}

/** A page as it is at a moment. */
async function at(browser, origin, path, moment, options = {}) {
  const context = await browser.newContext({ timezoneId: "America/Los_Angeles", ...options });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(moment));
  await page.goto(origin + path, { waitUntil: "load" });
  return { page, close: () => context.close() };
}

export async function events({ browser, origin, check, expect }) {
  const first = await at(browser, origin, "/", new Date());
  const day = await nextDay(first.page);
  await first.close();
  const before = (days, clock = "12:00:00") => {
    const date = new Date(Date.parse(`${day}T${clock}+07:00`) - days * 86_400_000);
    return date.toISOString();
  };

  for (const [path, one, two, today] of [
    ["/", "còn 1 ngày", "còn 2 ngày", "chính là hôm nay"],
    ["/en/", "1 day to go", "2 days to go", "that is today"],
  ]) {
    // The calendar is that of the portal, though the reader is in California.
    for (const [moment, wanted] of [
      [before(2), two],
      [before(1, "00:00:01"), one],
      [before(0, "00:00:01"), today],
      [before(0, "23:59:00"), today],
      [before(-1, "00:00:01"), null],
    ]) {
      await check(`${path} at ${moment} says ${wanted}`, async () => {
        const { page, close } = await at(browser, origin, path, moment);
        const said = await page.locator(".days-to-go").allTextContents();
        expect(said.join() === (wanted ?? ""), `it says ${said}`);
        await close();
      });
    }
  }

  await check("an event that ended since goes to those that are past", async () => {
    const now = await at(browser, origin, "/su-kien/", new Date());
    const coming = await now.page.locator("[data-coming] li:has(> [data-ends])").count();
    expect(coming > 0, "nothing is to come");
    const last = await now.page.locator("[data-coming] [data-ends]").last().getAttribute("data-ends");
    await now.close();
    const later = await at(browser, origin, "/su-kien/", Date.parse(last) + 1000);
    expect((await later.page.locator("[data-coming] [data-ends]").count()) === 0, "it is still to come");
    expect(await later.page.locator("[data-coming] p").isVisible(), "nothing says that nothing is to come");
    const top = await later.page.locator("#cs-past-list [data-ends]").first().getAttribute("data-ends");
    expect(top === last, `${top} stands on top of those that are past`);
    await later.close();
  });

  await check("an event page says that it is over", async () => {
    const { page, close } = await at(browser, origin, "/en/events/2024/ho-chi-minh-city-digital-transformation-week/", new Date());
    expect((await page.locator(".event-state").textContent()).trim() === "Over", "nothing says so");
    await close();
  });

  await check("without JavaScript the list names its day", async () => {
    const { page, close } = await at(browser, origin, "/su-kien/", new Date(), { javaScriptEnabled: false });
    expect(await page.locator("[data-built]").isVisible(), "no day");
    expect((await page.locator("[data-coming] [data-ends]").count()) > 0, "no events");
    await close();
  });

  await check("on a phone a day of the month leads to its events", async () => {
    const { page, close } = await at(browser, origin, "/lich/2024/10/", new Date(), { viewport: { width: 360, height: 800 } });
    await page.locator(".calendar-day").first().click();
    const target = await page.evaluate(() => document.querySelector(":target")?.textContent ?? "");
    expect(target.includes("10"), `it leads to ${target}`);
    expect(!(await page.locator(".calendar td ul").first().isVisible()), "titles are squeezed in");
    await close();
  });
}
