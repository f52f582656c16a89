// Serves the built site as a static host does: `node server.mjs DIR PORT` prints the address once it answers.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { headersFor, readHeaderRules } from "./headers.mjs";

/**
 * @param {string} dir the built site
 * @param {number} port 0 for any free one
 * @param {{headers?: boolean}} [host] a host that sends no headers of ours is one of `headers: false`
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serve(dir, port, { headers = true } = {}) {
  const rules = headers ? readHeaderRules(dir) : [];
  const files = sirv(dir, { brotli: true, etag: true, extensions: ["html"] });
  const notFound = { plain: readFileSync(join(dir, "404.html")), brotli: readFileSync(join(dir, "404.html.br")) };

  const server = createServer((request, response) => {
    const address = request.url.split("?", 1)[0];
    for (const { name, value } of headersFor(rules, address)) {
      response.setHeader(name, value);
    }
    // Hosts read `_headers`; they do not serve it.
    if (address === "/_headers") {
      return sendNotFound(request, response, notFound);
    }
    files(request, response, () => sendNotFound(request, response, notFound));
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

function sendNotFound(request, response, page) {
  const brotli = /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
  const body = brotli ? page.brotli : page.plain;
  const encoding = brotli ? { "Content-Encoding": "br" } : {};
  response.writeHead(404, {
    "Content-Type": "text/html;charset=utf-8",
    "Content-Length": body.length,
    "Cache-Control": "no-cache",
    Vary: "Accept-Encoding",
    ...encoding,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

if (import.meta.filename === process.argv[1]) {
  const [dir, port] = process.argv.slice(2);
  try {
    console.log((await serve(dir, Number(port))).url);
  } catch (problem) {
    const why = problem.code === "EADDRINUSE" ? `port ${port} is taken: PORT=8081 ./x serve uses another` : problem.message;
    console.error(`x: ${why}`);
    process.exit(1);
  }
}
