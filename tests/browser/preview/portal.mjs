// The project's own portal, copied to a folder of its own and shown there by the real program.
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));
const PROGRAM = resolve(process.env.CONGSO ?? join(PROJECT, "target/release/congso"));
const PARTS = ["content", "themes", "static", "site.yaml"];

/** Servers and their folders, which are to go whatever happens. */
const running = new Map();
process.on("exit", () => {
  for (const [server, root] of running) {
    server.kill("SIGKILL");
    rmSync(root, { recursive: true, force: true });
  }
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** The files of a portal, by their paths in it. */
function files(root) {
  const at = (path) => join(root, path);
  const self = {
    root,
    read: (path) => readFile(at(path), "utf8"),
    exists: (path) => existsSync(at(path)),
    write: async (path, text) => {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), text);
    },
    remove: (path) => rm(at(path), { recursive: true }),
    move: (from, to) => rename(at(from), at(to)),
  };
  /** Exchanges one text of a file, as a writer does. */
  self.edit = async (path, from, to) => {
    const text = await self.read(path);
    if (!text.includes(from)) throw new Error(`${path} has no “${from}”`);
    await self.write(path, text.replace(from, () => to));
  };
  return self;
}

/** The address the program prints once it listens. */
async function address(server) {
  let told = "";
  const found = new Promise((done, failed) => {
    server.stderr.on("data", (data) => {
      told += data;
      const match = told.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (match) done(match[0]);
    });
    server.on("exit", () => failed(new Error(`the program ended: ${told}`)));
    server.on("error", failed);
    setTimeout(() => failed(new Error(`the program does not listen: ${told}`)), 10_000).unref();
  });
  return found;
}

/**
 * A copy of the portal and a preview of it.
 * @param {{lang?: "vi" | "en", args?: string[], prepare?: (files: object) => Promise<void>}} options
 *   `prepare` changes the files before the program starts
 */
export async function portal({ lang = "vi", args = [], prepare = async () => {} } = {}) {
  const root = await mkdtemp(join(tmpdir(), "congso-preview-"));
  const self = files(root);
  const there = PARTS.filter((part) => existsSync(join(PROJECT, part)));
  await Promise.all(there.map((part) => cp(join(PROJECT, part), join(root, part), { recursive: true })));
  await prepare(self);
  const options = ["serve", "--root", root, "--port", "0", "--ui-lang", lang, ...args];
  const server = spawn(PROGRAM, options, { stdio: ["ignore", "ignore", "pipe"] });
  running.set(server, root);
  const ended = new Promise((done) => server.once("close", done));
  self.close = async () => {
    server.kill();
    await ended;
    running.delete(server);
    await rm(root, { recursive: true, force: true });
  };
  try {
    self.origin = await address(server);
  } catch (error) {
    await self.close();
    throw error;
  }
  /** Builds the portal as for publication; gives the folder. */
  self.build = async () => {
    const out = join(root, "public");
    await promisify(execFile)(PROGRAM, ["build", "--root", root, "--quiet", "--out", out]);
    return out;
  };
  return self;
}
