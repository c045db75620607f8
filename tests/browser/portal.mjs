// The portal built once more in a folder of its own: in a theme, and where they are asked for, with pages of a test or as of a day.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = resolve(process.env.CONGSO ?? join(PROJECT, "target/release/congso"));

/** Builds it. `pages` is a folder laid over `content`, `today` a date; `out` has the built site until `remove` is called. */
export function build({ theme, pages, today }) {
  const root = mkdtempSync(join(tmpdir(), "congso-portal-"));
  for (const part of ["content", "themes", "static"]) {
    if (existsSync(join(PROJECT, part))) cpSync(join(PROJECT, part), join(root, part), { recursive: true });
  }
  if (pages) cpSync(join(PROJECT, pages), join(root, "content"), { recursive: true });
  const settings = readFileSync(join(PROJECT, "site.yaml"), "utf8");
  writeFileSync(join(root, "site.yaml"), settings.replace(/^theme: .*$/m, `theme: ${theme}`));
  const env = today ? { ...process.env, SOURCE_DATE_EPOCH: String(today.getTime() / 1000) } : process.env;
  execFileSync(PROGRAM, ["build", "--root", root, "--strict", "--quiet"], { stdio: "pipe", env });
  return { out: join(root, "public"), remove: () => rmSync(root, { recursive: true, force: true }) };
}
