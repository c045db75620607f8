// Plays the server's part of the preview protocol: pages from memory, one state for all, strict headers.
import { createServer } from "node:http";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { TEXTS } from "./texts.mjs";

const CLIENT = fileURLToPath(new URL("../../../src/serve/client/", import.meta.url));
const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", svg: "image/svg+xml" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'";

export const checksum = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** A page that has nothing to tell. */
export const state = (changes = {}) => {
  const { page, lang = "vi", ...rest } = changes;
  return {
    program: "p1",
    generation: 1,
    stage: "ready",
    progress: null,
    page: {
      version: null,
      path: "/",
      found: true,
      file: "content/news/bai-viet.md",
      editor: "vscode://file/portal/content/news/bai-viet.md",
      status: { kind: "published", text: "Đã đăng" },
      translation: { kind: "current", text: "Bản tiếng Anh đúng với bản này", create: false, accept: false },
      languages: [{ lang: "en", name: "English", url: "/en/" }],
      ...page,
    },
    overlay: [],
    problems: [],
    last: { rendered: 3, milliseconds: 12, text: "Dựng lại 3 tệp trong 12 ms" },
    options: { drafts: true, future: true },
    lang,
    text: TEXTS[lang],
    ...rest,
  };
};

/** A server without pages; `port` 0 takes a free one. */
export async function mock(port = 0) {
  const streams = new Set();
  const self = {
    /** Bodies by path; `delay` holds an answer back, `status`, `type` and `headers` are its own. */
    pages: new Map(),
    state: state(),
    posts: [],
    requests: [],
    answers: {},
    refuse: null,
  };
  /** Sets a page; its state gets the checksum as version. */
  self.page = (path, html, answer = {}) => {
    const version = checksum(html);
    const tag = `<script type="module" src="/__congso/client.js" data-congso data-token="secret" data-version="${version}"></script>`;
    const headers = { "Cache-Control": "no-cache", ETag: `"${version}"`, ...answer.headers };
    self.pages.set(path, { ...answer, body: html.replace("</head>", `${tag}</head>`), headers });
    return version;
  };
  self.file = (path, body, type) => self.pages.set(path, { body, type });
  const write = (stream) => stream.response.write(`event: state\ndata: ${JSON.stringify(self.state)}\n\n`);
  self.tell = (changes) => {
    self.state = { ...self.state, ...changes };
    for (const stream of streams) write(stream);
  };
  /** A page changed: what a save does. */
  self.save = (path, html, answer) => {
    const version = self.page(path, html, answer);
    self.tell({ page: { ...self.state.page, version } });
  };
  self.streams = streams;

  async function post(request, response, action) {
    let body = "";
    for await (const part of request) body += part;
    const token = request.headers["x-congso-token"];
    const own = request.headers.origin === self.origin;
    self.posts.push({ action, token, own, body: JSON.parse(body) });
    const status = token !== "secret" || !own ? 403 : self.refuse ? 409 : action === "translate" ? 201 : 200;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(status >= 400 ? { message: self.refuse ?? "no" } : (self.answers[action] ?? {})));
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    self.requests.push(url.pathname);
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    const [, own, name] = url.pathname.match(/^\/(__congso)\/(.*)$/) ?? [];
    if (own && request.method === "POST") return post(request, response, name);
    if (own && name === "events") {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      const stream = { response, page: url.searchParams.get("page") };
      streams.add(stream);
      response.on("close", () => streams.delete(stream));
      return write(stream);
    }
    if (own) {
      const body = await readFile(CLIENT + name).catch(() => null);
      response.writeHead(body ? 200 : 404, { "Content-Type": TYPES[name.split(".").at(-1)] ?? "text/plain" });
      return response.end(body);
    }
    const found = self.pages.get(url.pathname) ?? { status: 404, body: "none", type: "text/plain" };
    if (found.delay) await new Promise((done) => setTimeout(done, found.delay));
    const { status = 200, type = "text/html; charset=utf-8", headers = {} } = found;
    if (headers.ETag && request.headers["if-none-match"] === headers.ETag) {
      return response.writeHead(304, headers).end();
    }
    response.writeHead(status, { "Content-Type": type, ...headers }).end(found.body);
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  self.port = server.address().port;
  self.origin = `http://127.0.0.1:${self.port}`;
  self.close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return self;
}
