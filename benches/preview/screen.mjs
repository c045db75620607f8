// Opens pages in Chromium and tells when a word is drawn; questions and answers are lines of JSON (see screen.py).
import { createInterface } from "node:readline";
import { launch } from "../../tests/browser/chromium.mjs";

const WORD = "manhinh"; // marks of this series begin so
const CONNECTED = 500; // ms a page has, after it is loaded, to connect to its server
const SETTLED = 300; // ms after which a reload has put the scroll position back, if it does

/** In every document: tells `noteWord` of a new mark in the first frame that shows it, or after 2 s out of sight. */
function watch(start) {
  const pattern = new RegExp(`${start}\\d{6}`);
  let known = "";
  const visible = (word) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const at = texts.currentNode.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(texts.currentNode, at);
      range.setEnd(texts.currentNode, at + word.length);
      const box = range.getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
    }
    return false;
  };
  const look = () => {
    const word = document.body?.textContent.match(pattern)?.[0];
    if (!word || word === known) return;
    known = word;
    const since = performance.now();
    const frame = () => {
      const shown = visible(word);
      if (!shown && performance.now() - since < 2000) return requestAnimationFrame(frame);
      // A message sent from a frame arrives when that frame has been laid out and painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.noteWord({ word, shown, at: Date.now() });
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(frame);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const seen = new Map();
let waiting = () => {};

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
await page.exposeFunction("noteWord", (note) => {
  if (!seen.get(note.word)?.shown) seen.set(note.word, note);
  waiting();
});
await page.addInitScript(watch, WORD);

async function open({ open: address, needle }) {
  await page.goto(address, { waitUntil: "load" });
  await pause(CONNECTED);
  const scroll = await page.evaluate((needle) => {
    const found = [...document.querySelectorAll("p")].find((p) => p.textContent.includes(needle));
    found?.scrollIntoView({ block: "center", behavior: "instant" });
    return found ? scrollY : null;
  }, needle);
  if (scroll === null) throw new Error(`${address} has no paragraph with "${needle}"`);
  if (scroll === 0) throw new Error(`${address} cannot be scrolled`);
  return { scroll };
}

async function see({ see: word, within_ms: within }) {
  const end = Date.now() + within;
  while (!seen.has(word) && Date.now() < end) {
    await new Promise((done) => {
      const patience = setTimeout(done, Math.max(1, end - Date.now()));
      waiting = () => {
        clearTimeout(patience);
        done();
      };
    });
  }
  await pause(SETTLED);
  const scroll = await page.evaluate(() => scrollY);
  return { at: null, shown: false, ...seen.get(word), scroll };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const answer = await (question.open ? open : see)(question).catch((error) => ({ error: error.message }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
