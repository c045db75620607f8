// How every test starts the system's Chromium: where it is, with which letters, and without anything that talks to the network by itself.
import { fileURLToPath } from "node:url";

export const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Its environment: pages are set in the same letters on every machine. */
export const ENVIRONMENT = { ...process.env, FONTCONFIG_FILE: fileURLToPath(new URL("./fonts.conf", import.meta.url)) };

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
