// How the site is delivered: its headers, its policy, its size.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DIST, PAGES, STILL_SAMPLE } from "./dist.mjs";
import { headersFor, readHeaderRules } from "./headers.mjs";
import { expect, test } from "./site.mjs";
import { READER, firstLoad, reader, total } from "./sizes.mjs";

/** All a reader may have to download before the start page answers, in bytes as sent. */
const FIRST_LOAD_LIMIT = 198_890;

/** Both fonts. */
const FONTS_LIMIT = 22_000;

/** What comes once the page answers and before a log can be read, in bytes as sent: the reader's program, and all with its script and the patterns. */
const READER_PROGRAM_LIMIT = 105_000;
const READER_LIMIT = 145_000;

/** The runbook's own page holds all of its text. */
const RUNBOOK_LIMIT = 205_500;

/** These pages also need what no other page's first load holds. */
const SHOWING_LATER = ["/guards", "/sql", "/training"];
const SHOWING_LATER_LIMIT = 233_000;

test("every file carries the headers the build defines", async ({ request, baseURL }) => {
  const rules = readHeaderRules(DIST);
  const names = firstLoad(DIST).map(({ name }) => `/${name}`);
  for (const address of [...PAGES, ...STILL_SAMPLE, "/nothing", "/sw.js", "/still.json", "/guards/reference/app/reset_guard.py.txt", ...reader(DIST).map(({ name }) => `/${name}`), ...names.slice(1)]) {
    const response = await request.get(baseURL + address);
    const expected = headersFor(rules, address);
    expect(expected.length, address).toBeGreaterThan(5);
    for (const { name, value } of expected) {
      expect(response.headers()[name.toLowerCase()], `${name} of ${address}`).toBe(value);
    }
  }
});

test("hashed files are kept for ever, pages never", async ({ request, baseURL }) => {
  const cached = async (address) => (await request.get(baseURL + address)).headers()["cache-control"];
  expect(await cached("/")).toBe("no-cache");
  expect(await cached("/nothing")).toBe("no-cache");
  expect(await cached("/sw.js")).toBe("no-cache");
  for (const path of STILL_SAMPLE) expect(await cached(path)).toBe("no-cache");
  for (const { name } of firstLoad(DIST).slice(1)) {
    expect(await cached(`/${name}`), name).toContain("immutable");
  }
});

test("the page states the policy itself, before anything it loads", () => {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const stated = html.match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)">/);
  const [{ value: sent }] = headersFor(readHeaderRules(DIST), "/").filter(({ name }) => name === "Content-Security-Policy");
  expect(`${stated[1]}; frame-ancestors 'none'`).toBe(sent);
  expect(html.search(/<(link|script)\b/)).toBeGreaterThan(stated.index);
});

test("the policy stops scripts and styles that are not the site's", async ({ site, page }) => {
  await site.open("/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    document.body.setAttribute("style", "color: red");
  });
  expect(await page.evaluate(() => window.ran)).toBeUndefined();
  expect(site.problems.some((problem) => problem.includes("script-src"))).toBe(true);
  expect(site.problems.some((problem) => problem.includes("style-src"))).toBe(true);
  site.problems.length = 0;
});

for (const path of PAGES) {
  test(`the first load of ${path} is small`, async ({ site, page }) => {
    await site.open(path);
    await page.waitForLoadState("networkidle");
    // The page's own requests: what the reader waits for. What the service worker fetches, to keep it for times without a
    // network, comes after that (the next test) and is not the page's.
    await site.allFetched();
    const reading = reader(DIST);
    expect(total(reading.filter(({ name }) => name.endsWith(".wasm"))).brotli).toBeLessThanOrEqual(READER_PROGRAM_LIMIT);
    expect(total(reading).brotli).toBeLessThanOrEqual(READER_LIMIT);
    // The fonts come after the first paint; until then, and without them, text has the same widths (header.test.mjs).
    const first = site.requests.filter((request) => !READER.test(request.url()) && !request.url().endsWith(".woff2"));
    const fonts = site.requests.filter((request) => request.url().endsWith(".woff2")).map((request) => request.url());
    expect(new Set(fonts).size).toBe(fonts.length);
    expect(fonts.length).toBeLessThanOrEqual(2);
    const sizes = await Promise.all(first.map((request) => request.sizes()));
    // Of what the worker takes from the cache the browser gives no size.
    const sent = sizes.reduce((bytes, { responseBodySize }) => bytes + Math.max(0, responseBodySize), 0);
    // The browser's own count must be near that of the files, or one of the two is not what is sent.
    const file = path === "/" ? "index.html" : `${path.slice(1)}/index.html`;
    const { brotli } = total(firstLoad(DIST, file));
    expect(Math.abs(sent - brotli)).toBeLessThan(2_000);
    expect(sent, path).toBeLessThanOrEqual(SHOWING_LATER.includes(path) ? SHOWING_LATER_LIMIT : path === "/runbook" ? RUNBOOK_LIMIT : FIRST_LOAD_LIMIT);
  });
}

test("the fonts are small, and need no other site", () => {
  const fonts = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".woff2"));
  expect(fonts).toHaveLength(2);
  const bytes = fonts.reduce((sum, name) => sum + readFileSync(join(DIST, "assets", name)).length, 0);
  expect(bytes).toBeLessThanOrEqual(FONTS_LIMIT);
});

test("nothing is fetched for later before the page answers", async ({ site, page }) => {
  await page.addInitScript(() => {
    const hydrated = () => document.documentElement.hasAttribute("data-hydrated");
    window.workerStarted = [];
    // The worker fetches the program that reads logs.
    window.Worker = class extends Worker {
      constructor(...of) {
        super(...of);
        window.workerStarted.push(hydrated());
      }
    };
    const register = navigator.serviceWorker.register.bind(navigator.serviceWorker);
    navigator.serviceWorker.register = (script) => {
      window.registered = { script, hydrated: hydrated() };
      return register(script);
    };
  });
  await site.open("/");
  await expect.poll(() => page.evaluate(() => window.registered)).toEqual({ script: "/sw.js", hydrated: true });
  expect(await page.evaluate(() => window.workerStarted)).toEqual([true]);
});
