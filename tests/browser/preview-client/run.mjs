// The preview's browser side against a server that only plays its part; PICTURES=folder keeps screenshots.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runner } from "./check.mjs";
import { live } from "./live.mjs";
import { surface } from "./surface.mjs";

const read = (path) => readFileSync(path, "utf8");
const ours = read(fileURLToPath(new URL("../../../src/serve/client/idiomorph.js", import.meta.url)));
if (!ours.endsWith(read(fileURLToPath(import.meta.resolve("idiomorph"))))) {
  throw new Error("src/serve/client/idiomorph.js is not the pinned package's file");
}

const { check, results, close } = await runner();
try {
  await live(check);
  await surface(check);
} finally {
  await close();
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exit(results.failed === 0 ? 0 : 1);
