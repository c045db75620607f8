// The preview in a real browser, on the project's own portal. ONLY=word runs some; PICTURES=folder keeps screenshots.
import { bar } from "./bar.mjs";
import { runner } from "./check.mjs";
import { edits } from "./edits.mjs";
import { errors } from "./errors.mjs";
import { moves } from "./files.mjs";
import { itself } from "./portal-itself.mjs";

const { check, results, close } = await runner();
try {
  await edits(check);
  await errors(check);
  await moves(check);
  await bar(check);
  await itself(check);
} finally {
  await close();
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exit(results.failed === 0 ? 0 : 1);
