// Serves a built portal on the loopback as a host would: pretty paths, the 404 pages, the headers of `_headers`.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".ics": "text/calendar; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".woff2": "font/woff2",
};
const PACKED = new Set([".html", ".css", ".js", ".json", ".svg", ".xml", ".ics", ".csv", ".txt"]);

/** The rules of `_headers`: a path that may end in `*`, then its indented headers. */
function headerRules(folder) {
  const rules = [];
  for (const line of readFileSync(join(folder, "_headers"), "utf8").split("\n")) {
    if (line.startsWith("/")) rules.push({ path: line.trim(), headers: [] });
    else if (line.includes(":")) {
      const [name, ...value] = line.trim().split(":");
      rules.at(-1).headers.push([name, value.join(":").trim()]);
    }
  }
  return rules;
}

const covers = (rule, path) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule);

/** Starts it on a free port; `close` stops it. */
export async function serve(folder) {
  const rules = headerRules(folder);
  const read = async (path) => {
    const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
    return file.startsWith(folder) ? { body: await readFile(file), type: extname(file) } : null;
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let status = 200;
    let found = await read(path).catch(() => null);
    if (!found) {
      status = 404;
      found = await read(path.startsWith("/en/") ? "/en/404.html" : "/404.html");
    }
    for (const rule of rules.filter((rule) => covers(rule.path, path))) {
      for (const [name, value] of rule.headers) response.setHeader(name, value);
    }
    response.setHeader("Content-Type", TYPES[found.type] ?? "application/octet-stream");
    const pack = PACKED.has(found.type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    if (pack) response.setHeader("Content-Encoding", "gzip");
    response.writeHead(status).end(pack ? gzipSync(found.body) : found.body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}
