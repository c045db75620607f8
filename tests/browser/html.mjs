// The Nu HTML Checker on every page of a built portal and on its style sheets: no error and no warning.
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { check } from "./harness.mjs";

const JAR = resolve(dirname(fileURLToPath(import.meta.url)), "node_modules/vnu-jar/build/dist/vnu.jar");

/** What the checker says wrongly, and why. */
const ALLOWED = [
  // To the checker, files are of no origin, so that nothing is their own. In the browser, every page is opened with
  // its policy, and what that stops is a failure.
  /Resource violates Content Security Policy \(meta tag\)/,
  // A block of data is not run, so that no policy for scripts applies to it (HTML, 4.12.1; CSP 3, 4.2.3).
  /Inline script violates Content Security Policy \(meta tag\): blocked by “script-src” directive/,
];

export async function html(folder, name) {
  await check(`all HTML of ${name} is valid`, async () => {
    const files = readdirSync(folder, { recursive: true }).map(String).filter((path) => path.endsWith(".html"));
    if (files.length < 100) throw new Error(`only ${files.length} pages`);
    none(await vnu([], files.map((path) => join(folder, path))));
  });
}

/** As browsers get them: made of all their parts, and in the words of old browsers too. */
export async function css(folder, name) {
  await check(`all CSS of ${name} is valid`, async () => {
    const sheets = readdirSync(folder, { recursive: true }).map(String).filter((path) => path.endsWith(".css"));
    if (sheets.length === 0) throw new Error("no style sheet");
    none(await vnu(["--css"], sheets.map((path) => join(folder, path))));
  });
}

function none(told) {
  if (told.length > 0) throw new Error(`${told.length} problems:\n${told.slice(0, 20).join("\n")}`);
}

async function vnu(options, what) {
  const found = await promisify(execFile)("java", ["-Xss4m", "-jar", JAR, ...options, ...what], { maxBuffer: 1 << 26 }).catch((error) => error);
  const lines = String(found.stderr).trim().split("\n").filter(Boolean);
  return lines.filter((line) => !ALLOWED.some((allowed) => allowed.test(line)));
}
