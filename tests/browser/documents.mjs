// The filter of the list of documents: a form that a script makes of plain links.

export async function documents({ browser, origin, check, expect }) {
  const open = async (path, options = {}) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(origin + path, { waitUntil: "load" });
    return { page, close: () => context.close() };
  };
  const items = async (path) => (await (await fetch(origin + path)).json()).items;
  const shown = (page) => page.locator(".filter-results .row-decision .number").allTextContents();
  /** What is announced, once it is. */
  const told = async (page) => {
    const status = page.locator(".filter-status");
    await status.filter({ hasText: /\S/ }).waitFor();
    return (await status.textContent()).trim();
  };

  for (const [path, data, count] of [
    ["/van-ban/", "/documents.json", (n) => `Có ${n} văn bản`],
    ["/en/decisions/", "/en/documents.json", (n) => (n === 1 ? "1 document" : `${n} documents`)],
  ]) {
    const all = await items(data);
    const [sample] = all.filter((item) => item.status === "in-force");
    for (const [name, fact] of [
      ["type", (item) => item.type_name],
      ["agency", (item) => item.agency.name],
      ["year", (item) => item.issued.slice(0, 4)],
      ["status", (item) => item.status_name],
    ]) {
      await check(`${path} is filtered by ${name}`, async () => {
        const { page, close } = await open(path);
        await page.locator(`#cs-choose-${name}`).selectOption({ label: fact(sample) });
        const wanted = all.filter((item) => fact(item) === fact(sample)).map((item) => item.number);
        const said = await told(page);
        expect(said === count(wanted.length), `it says ${said}, not ${count(wanted.length)}`);
        const numbers = await shown(page);
        expect(numbers.join() === wanted.slice(0, 50).join(), `${numbers} instead of ${wanted}`);
        expect(new URL(page.url()).searchParams.has(name), "the address does not say so");
        expect(!(await page.locator(".list > .rows").isVisible()), "the whole list stands beside it");
        await close();
      });
    }
  }

  await check("documents are found by a part of number or title, marks and case aside", async () => {
    const { page, close } = await open("/van-ban/");
    const text = page.locator("#cs-choose-text");
    await text.fill("749/qd-ttg");
    await told(page);
    expect((await shown(page)).includes("749/QĐ-TTg"), `${await shown(page)}`);
    await text.fill("chuyen doi SO");
    await page.waitForFunction(() => document.querySelectorAll(".filter-results .row-decision").length > 1);
    const titles = await page.locator(".filter-results .row-name").allTextContents();
    expect(titles.some((title) => title.toLowerCase().includes("chuyển đổi số")), `${titles}`);
    await text.fill("không có văn bản nào như thế");
    await page.locator(".filter-status", { hasText: "Không có văn bản nào phù hợp." }).waitFor();
    expect((await shown(page)).length === 0, "some are shown");
    await page.getByRole("button", { name: "Bỏ lọc" }).click();
    expect(await page.locator(".list > .rows").isVisible(), "the whole list does not come back");
    expect(new URL(page.url()).search === "", page.url());
    expect(await text.evaluate((input) => input === document.activeElement), "the focus is lost");
    await close();
  });

  await check("two filters hold together, and stay when the reader comes back", async () => {
    const { page, close } = await open("/van-ban/");
    await page.locator("#cs-choose-text").fill("749");
    await page.locator("#cs-choose-year").selectOption({ label: "2020" });
    await told(page);
    expect((await shown(page)).join() === "749/QĐ-TTg", `${await shown(page)}`);
    await page.locator(".filter-results a", { hasText: "749/QĐ-TTg" }).click();
    await page.waitForURL(/749-qd-ttg/);
    await page.goBack({ waitUntil: "load" });
    expect((await page.locator("#cs-choose-text").inputValue()) === "749", "the text is gone");
    expect((await page.locator("#cs-choose-year").inputValue()) === "2020", "the year is gone");
    await told(page);
    expect((await shown(page)).join() === "749/QĐ-TTg", `${await shown(page)}`);
    await page.goForward({ waitUntil: "load" });
    expect(page.url().includes("749-qd-ttg"), page.url());
    await close();
  });

  await check("an address that was sent says what is chosen", async () => {
    const { page, close } = await open("/en/decisions/?q=749&year=2020&status=nothing");
    await told(page);
    expect((await shown(page)).length === 1, `${await shown(page)}`);
    await close();
  });

  await check("without JavaScript documents are filtered by plain links", async () => {
    const { page, close } = await open("/van-ban/", { javaScriptEnabled: false });
    expect((await page.locator(".filter-form").count()) === 0, "there is a form");
    await page.locator("[data-filters] summary").click();
    await page.locator("[data-filters] a", { hasText: "2020" }).click();
    expect((await page.locator("h1").textContent()).includes("2020"), await page.locator("h1").textContent());
    expect((await page.locator(".row-decision").count()) > 0, "no documents");
    await close();
  });

  await check("a list that cannot be read leaves the plain links", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/documents.json", (route) => route.abort());
    await page.goto(`${origin}/van-ban/`, { waitUntil: "load" });
    await page.locator("#cs-choose-text").fill("749");
    await page.locator(".filter-status", { hasText: "Không tải được" }).waitFor();
    expect(await page.locator(".list > .rows").isVisible(), "the list is gone");
    expect(await page.locator("[data-filters] a").first().isVisible(), "the links are gone");
    await context.close();
  });

  await check("scripts are loaded only where they do something", async () => {
    for (const [path, wanted] of [
      ["/", ["events", "site"]],
      ["/su-kien/", ["events", "site"]],
      ["/su-kien/2025/le-ngay-chuyen-doi-so-quoc-gia/", ["events", "site"]],
      ["/van-ban/", ["documents", "site"]],
      ["/van-ban/2020/749-qd-ttg/", ["site"]],
      ["/en/news/", ["site"]],
      ["/thuat-ngu/", ["site"]],
    ]) {
      const { page, close } = await open(path);
      const scripts = await page.locator("script[src]").evaluateAll((all) => all.map((script) => script.src));
      const names = scripts.map((src) => src.split("/").pop().split(".")[0]).sort();
      expect(names.join() === wanted.join(), `${path} loads ${names}`);
      await close();
    }
  });
}
