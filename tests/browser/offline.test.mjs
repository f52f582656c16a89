// After one visit the site works without a network, as one whole version; without the worker that does that, it works as well.
import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DIST, PAGES, STILL_PAGES, STILL_SAMPLE, fileOf } from "./dist.mjs";
import { serve } from "./server.mjs";
import { Site, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const LABEL = JSON.parse(logFile("render/render-014.json"));
const digest = (bytes) => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;

/** The worker's own list: the digest of every file it keeps, by address. */
function keptFiles(dir = DIST) {
  const [, list] = /const FILES = (\{[^}]*\})/.exec(readFileSync(join(dir, "sw.js"), "utf8"));
  return JSON.parse(list.replace(/,\s*\}$/, "}"));
}

/** Everything in the tab's caches: one object for each cache, the digest of every file by address. */
function cached(page) {
  return page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      found[name] = {};
      for (const request of await cache.keys()) {
        const bytes = await (await cache.match(request)).arrayBuffer();
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        const { pathname, search } = new URL(request.url);
        found[name][pathname + search] = `sha256-${btoa(String.fromCharCode(...hash))}`;
      }
    }
    return found;
  });
}

/** Waits until the site is kept. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

test.describe("after one visit, without a network", () => {
  test.beforeEach(async ({ site, page, context }) => {
    await site.open("/");
    await kept(page);
    await context.setOffline(true);
  });

  for (const path of PAGES) {
    test(`${path} answers under each of its addresses`, async ({ site, page }) => {
      for (const address of [path, path === "/" ? "/" : `${path}/`, `${path}?x=1#y`, join(path, "index.html")]) {
        expect((await site.open(address)).status(), address).toBe(200);
        await expect(site.heading).toHaveCount(1);
      }
      await page.reload();
      await site.hydrated();
    });
  }

  test("pages that are only read are there, as they are served", async ({ site }) => {
    for (const path of STILL_SAMPLE) {
      for (const address of [path, `${path}/`, `${path}?x=1`]) {
        const response = await site.read(address);
        expect(response.status(), address).toBe(200);
        expect(response.headers()["content-type"], address).toBe("text/html;charset=utf-8");
        expect(response.headers()["content-security-policy"], address).toContain("default-src 'none'");
        expect(await response.text(), address).toBe(readFileSync(join(DIST, fileOf(path)), "utf8"));
        await expect(site.heading).toHaveCount(1);
      }
    }
    expect((await site.openMissing("/errors/nothing")).status()).toBe(404);
  });

  test("a wrong address says so", async ({ site }) => {
    expect((await site.openMissing("/nothing")).status()).toBe(404);
    await expect(site.heading).toHaveText("Page not found");
  });

  test("a pasted log is answered, and nothing of it is kept", async ({ site, page }) => {
    await site.open("/");
    await site.paste(LOG);
    await expect(site.happened).toContainText(LABEL.relation);
    expect(LOG).toContain(LABEL.secret);
    expect(await site.traces()).not.toContain(LABEL.secret);
    expect(Object.values(await cached(page))).toEqual([keptFiles()]);
    // What is kept would be seen.
    await page.evaluate(async (secret) => (await caches.open("other")).put(`/?log=${secret}`, new Response("")), LABEL.secret);
    expect(await site.traces()).toContain(LABEL.secret);
    expect(Object.values(await cached(page))).not.toEqual([keptFiles()]);
  });
});

test("every file of the site is kept, as it is served", async ({ site, page, request }) => {
  await site.open("/");
  await kept(page);
  const files = keptFiles();
  expect(Object.values(await cached(page))).toEqual([files]);
  for (const path of PAGES) {
    expect(Object.keys(files)).toContain(path === "/" ? "/" : `${path}/`);
  }
  for (const [address, expected] of Object.entries(files)) {
    expect(digest(await (await request.get(site.baseURL + address)).body()), address).toBe(expected);
  }
  const still = JSON.parse(readFileSync(join(DIST, "still.json"), "utf8"));
  expect(Object.keys(still)).toEqual(STILL_PAGES.map((path) => `${path}/`).sort());
  for (const path of STILL_PAGES) {
    expect(still[`${path}/`], path).toBe(readFileSync(join(DIST, fileOf(path)), "utf8"));
  }
});

for (const [what, withoutWorker] of [
  ["has no such worker (http, some private windows)", () => delete Navigator.prototype.serviceWorker],
  ["refuses it", () => (navigator.serviceWorker.register = () => Promise.reject(new DOMException("no", "SecurityError")))],
]) {
  test(`a browser that ${what} shows the site all the same`, async ({ site, page }) => {
    await page.addInitScript(withoutWorker);
    await site.recover(LOG);
    await expect(site.happened).toContainText(LABEL.relation);
    expect(await cached(page)).toEqual({});
  });
}

/** A copy of the site in which every page says which version it is. */
function version(name, folder) {
  const dir = join(folder, name);
  cpSync(DIST, dir, { recursive: true });
  let worker = readFileSync(join(dir, "sw.js"), "utf8").replace(/const VERSION = "/, `const VERSION = "${name}-`);
  for (const path of PAGES) {
    const file = join(dir, path, "index.html");
    const before = readFileSync(file, "utf8");
    const after = before.replace('<html lang="en"', `<html lang="en" data-version="${name}"`);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    rmSync(`${file}.br`);
    worker = worker.replace(digest(before), digest(after));
  }
  writeFileSync(join(dir, "sw.js"), worker);
  rmSync(join(dir, "sw.js.br"));
  return dir;
}

/** Has the browser look for a new version, and waits until it is kept or given up. */
function update(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing;
    await new Promise((resolve) => {
      const settle = () => (!worker || ["installed", "redundant"].includes(worker.state)) && resolve();
      worker?.addEventListener("statechange", settle);
      settle();
    });
    return registration.waiting ? "kept" : "given up";
  });
}

test("what another page of the same origin puts into a cache is never shown as ours", async ({ site, page }) => {
  await site.open("/");
  await kept(page);
  await page.evaluate(async () => {
    const [own] = await caches.keys();
    for (const name of ["runbook-0000000000000000", "runbook-zzzzzzzzzzzzzzzz", "other"]) {
      const cache = await caches.open(name);
      for (const path of ["/", "/runbook/", "/planted/", "/assets/planted.js"]) await cache.put(path, new Response("planted", { headers: { "Content-Type": "text/html" } }));
    }
    // Not even under our own name, at an address the site does not have.
    await (await caches.open(own)).put("/planted/", new Response("planted", { headers: { "Content-Type": "text/html" } }));
  });
  for (const path of ["/", "/runbook"]) {
    await site.open(path);
    expect(await site.text()).not.toContain("planted");
  }
  expect((await site.openMissing("/planted")).status()).toBe(404);
  expect(await page.evaluate(async () => (await fetch("/assets/planted.js")).status)).toBe(404);
  site.problems = site.problems.filter((problem) => !problem.includes("/assets/planted.js"));
});

test("a new version takes over whole once no page of the old one is open, or not at all", async ({ context }, info) => {
  const [first, broken, second] = ["first", "broken", "second"].map((name) => version(name, info.outputPath("sites")));
  rmSync(join(broken, "runbook/index.html"));
  let server = await serve(first, 0);
  const { url } = server;
  const serveInstead = async (dir) => {
    await server.close();
    server = await serve(dir, Number(new URL(url).port));
  };
  try {
    let page = await context.newPage();
    const site = new Site(page, url);
    const shown = async (path) => {
      await site.open(path);
      return page.locator("html").getAttribute("data-version");
    };
    const everyPage = async () => [...new Set(await inTurn(PAGES, shown))];
    await site.open("/");
    await kept(page);
    expect(await everyPage()).toEqual(["first"]);

    await serveInstead(broken);
    expect(await update(page)).toBe("given up");
    expect(Object.values(await cached(page))).toEqual([keptFiles(first)]);
    expect(await everyPage()).toEqual(["first"]);
    await context.setOffline(true);
    expect(await everyPage()).toEqual(["first"]);
    await context.setOffline(false);

    await serveInstead(second);
    expect(await update(page)).toBe("kept");
    // As long as a page of the first version is open, every page is of that one, and finds all that it needs.
    expect(await page.locator("html").getAttribute("data-version")).toBe("first");
    expect(await everyPage()).toEqual(["first"]);
    await context.setOffline(true);
    expect(await everyPage()).toEqual(["first"]);
    await context.setOffline(false);

    // Once none is left, the second takes over, and what was kept of the first goes. A closed page can linger in the browser for a
    // moment, and one that is only loaded again never leaves: hence another page each time.
    const keptAfterClosing = async () => {
      await page.close();
      page = site.page = await context.newPage();
      await site.open("/");
      return Object.values(await cached(page));
    };
    await expect.poll(keptAfterClosing).toEqual([keptFiles(second)]);
    expect(await everyPage()).toEqual(["second"]);
    await context.setOffline(true);
    expect(await everyPage()).toEqual(["second"]);
  } finally {
    await server.close();
  }
});

async function inTurn(items, action) {
  const results = [];
  for (const item of items) results.push(await action(item));
  return results;
}
