// What a screen reader is told: landmarks, menus, the switch of languages, figures, from the accessibility tree.
import { check, each, expect } from "./harness.mjs";
import { PAGES } from "./pages.mjs";

/** The accessibility tree as a list of `{role, name}`, in the order of reading; what is ignored is left out. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const shown = nodes.filter((node) => !node.ignored);
  return shown.map((node) => ({
    role: node.role?.value ?? "",
    name: node.name?.value?.trim() ?? "",
    description: node.description?.value ?? "",
  }));
}

const LANDMARKS = ["banner", "navigation", "main", "contentinfo", "complementary", "region", "search"];

/** Landmarks of one role must be told apart. */
function toldApart(nodes) {
  const seen = new Set();
  for (const { role, name } of nodes.filter((node) => LANDMARKS.includes(node.role))) {
    const key = `${role}: ${name}`;
    expect(!seen.has(key), `two landmarks are called “${key}”`);
    seen.add(key);
    expect(name || ["banner", "main", "contentinfo"].includes(role), `a ${role} has no name`);
  }
}

const one = (nodes, role, name) => {
  const found = nodes.filter((node) => node.role === role && node.name === name);
  expect(found.length === 1, `${found.length} × ${role} “${name}”`);
};

export async function names({ browser, origin }) {
  await each(browser, origin, PAGES, {}, (path, page) =>
    check(`${path} has landmarks with names of their own`, async () => {
      const nodes = await tree(page);
      toldApart(nodes);
      for (const role of ["banner", "main", "contentinfo"]) {
        expect(nodes.filter((node) => node.role === role).length === 1, `not exactly one ${role}`);
      }
      const nameless = nodes.filter((node) => ["link", "button", "combobox", "heading", "image"].includes(node.role) && !node.name);
      expect(nameless.length === 0, `without name: ${nameless.map((node) => node.role).join(", ")}`);
    }),
  );
  const words = {
    "/van-ban/2020/749-qd-ttg/": { menu: "Menu chính", languages: "Ngôn ngữ", way: "Bạn đang ở", size: "Cỡ chữ", contrast: "Tương phản cao" },
    "/en/decisions/2020/749-qd-ttg/": { menu: "Main menu", languages: "Language", way: "You are here", size: "Text size", contrast: "High contrast" },
  };
  await each(browser, origin, Object.keys(words), {}, (path, page) =>
    check(`${path} names menu, switch, way, tools and figures`, async () => {
      const nodes = await tree(page);
      const { menu, languages, way, size, contrast } = words[path];
      for (const name of [menu, languages, way]) one(nodes, "navigation", name);
      one(nodes, "group", size);
      one(nodes, "button", contrast);
      // Languages are called by their own names, whatever the page.
      const own = nodes.filter((node) => node.role === "link" && ["English", "Tiếng Việt"].includes(node.name));
      expect(own.length === 1, "the other language is not one link with its own name");
      const bars = nodes.filter((node) => node.role === "image" && /2025: /.test(node.description));
      expect(bars.length > 10, `${bars.length} bars say their values`);
      expect(bars.every((bar) => bar.name), "a bar does not say what it measures");
      expect(!nodes.some((node) => node.role === "image" && !node.name), "a picture without name is read out");
    }),
  );
  await check("pictures that only adorn are not read out", async () => {
    await each(browser, origin, ["/", "/tin-tuc/ba-tru-cot-chuyen-doi-so/"], {}, async (path, page) => {
      expect((await page.locator("main svg.cover").count()) === 1, `${path} has no cover`);
      const adorning = await page.locator("svg.cover:not([aria-hidden=true]), svg.grid:not([aria-hidden=true])").count();
      expect(adorning === 0, `${path} reads out ${adorning} pictures`);
    });
  });
}
