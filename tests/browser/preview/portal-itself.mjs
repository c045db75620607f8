// What readers get: nothing of the preview is in it, its headers are those of production, and it needs no scripts.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { equal, expect, says } from "./check.mjs";
import { AT } from "./edits.mjs";

const TRACE = /__congso|data-congso|congso-preview/;
const TAG = /<script type="module" src="\/__congso\/client\.js"[^>]*><\/script>/;

async function everyFile(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

export async function itself(check) {
  await check("a build has nothing of the preview, and all else of it", { path: AT }, async ({ files }) => {
    const out = await files.build();
    const paths = await everyFile(out);
    expect(paths.length > 100, `only ${paths.length} files`);
    for (const path of paths) {
      const built = await readFile(path);
      expect(!TRACE.test(built.toString()), `${path} has something of the preview`);
      const address = path.slice(out.length).replace(/index\.html$/, "");
      if (!path.endsWith(".html") || address.endsWith("404.html")) continue;
      const answer = await fetch(files.origin + encodeURI(address), { redirect: "manual" });
      if (answer.status === 301) continue;
      equal((await answer.text()).replace(TAG, ""), built.toString(), address);
    }
  });

  await check("the headers are those of production", { path: AT }, async ({ files }) => {
    const out = await files.build();
    const headers = (await readFile(join(out, "_headers"), "utf8")).split(/^\//m)[1];
    const answer = await fetch(files.origin + AT);
    const policy = headers.match(/Content-Security-Policy: (.*)/)[1];
    equal(answer.headers.get("content-security-policy"), policy.trim(), "policy");
    expect(!/unsafe/.test(policy), policy);
    equal(answer.headers.get("x-content-type-options"), "nosniff", "sniffing");
  });

  await check("all is there without JavaScript", { path: AT, javaScriptEnabled: false }, async ({ files, page }) => {
    await says(page, "main h1", "Ba trụ cột");
    equal(await page.locator("congso-preview").count(), 0, "bars");
    await page.locator('.languages a[hreflang="en"]').first().click();
    await says(page, "main h1", "Three pillars");
    await files.edit("content/news/ba-tru-cot-chuyen-doi-so.en.md", "title: ", "title: Again, ");
    await page.waitForTimeout(1000);
    await page.reload();
    await says(page, "main h1", "Again, ");
  });

  const broken = (files) => files.edit("site.yaml", "timezone: Asia/Ho_Chi_Minh", "timezone: [Asia");
  await check("the page of the start asks again by itself without JavaScript", { path: AT, javaScriptEnabled: false, prepare: broken }, async ({ files, page }) => {
    await says(page, "h1", "Đang chuẩn bị");
    await files.edit("site.yaml", "timezone: [Asia", "timezone: Asia/Ho_Chi_Minh");
    await says(page, "main h1", "Ba trụ cột");
  });
}
