// Pages that are only read: each error, all errors, how often logs are read right. No program comes with them.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DIST, PAGES, STILL_PAGES, STILL_SAMPLE, fileOf } from "./dist.mjs";
import { expect, logFile, test } from "./site.mjs";
import { firstLoad, total } from "./sizes.mjs";

const SIGNATURES = join(import.meta.dirname, "../../content/signatures");

/** All a reader downloads for one of them, in bytes as sent. The list of all errors is the largest. */
const LIMIT = 31_500;

const html = (path) => readFileSync(join(DIST, fileOf(path)), "utf8");

test("every file of content has its page, and every page what a search engine shows", () => {
  const names = readdirSync(SIGNATURES, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  const errors = names.map((name) => `/errors/${name.replace(/\.md$/, "")}`);
  expect(STILL_PAGES).toEqual(["/accuracy", "/errors", "/proof", "/tree", ...errors].sort());
  expect(STILL_PAGES).toEqual(expect.arrayContaining(STILL_SAMPLE));
  const titles = new Set();
  for (const path of STILL_PAGES) {
    const page = html(path);
    const [, title] = /<title>([^<]+)<\/title>/.exec(page);
    const [, description] = /<meta name="description" content="([^"]+)">/.exec(page);
    titles.add(title);
    expect(title.length, path).toBeGreaterThan(15);
    expect(description.length, path).toBeGreaterThan(40);
    expect(page.match(/<h1[ >]/g), path).toHaveLength(1);
  }
  expect(titles.size).toBe(STILL_PAGES.length);
});

/** The pages with a script of their own. */
const SCRIPTS = { "/errors": ["filter.js"], "/tree": ["tree.js"] };

/** Every page but the list itself, the numbers and the drawing is an error. */
const ERRORS = STILL_PAGES.filter((path) => path.startsWith("/errors/")).length;

test("none loads the program, or anything but the site's styles and its own script", () => {
  for (const path of STILL_PAGES) {
    const loaded = [...html(path).matchAll(/<(?:link|script)\b[^>]*?\b(?:href|src)="([^"]+)"/g)].map(([, name]) => name);
    const scripts = loaded.filter((name) => !/^\/assets\/[a-z]+-\w+\.(css|svg)$/.test(name));
    expect(scripts.map((name) => basename(name).replace(/-\w+/, "")), path).toEqual(["header.js", ...(SCRIPTS[path] ?? [])]);
    expect(html(path), path).not.toMatch(/wasm"|data-page|<style|\bstyle=|<script>/);
  }
});

test("every link of every page leads somewhere", () => {
  const pages = new Map([...PAGES, ...STILL_PAGES].map((path) => [path, html(path)]));
  for (const [path, page] of pages) {
    const body = page.slice(page.indexOf("<body>"));
    for (const [, href] of body.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)) {
      if (/^https:\/\//.test(href)) continue;
      // A file to read or download.
      if (href.endsWith(".txt")) {
        expect(statSync(join(DIST, href)).size, href).toBeGreaterThan(0);
        continue;
      }
      // The program reads this one: it opens the training's own log.
      if (href === "/#guided-run") continue;
      const [to, fragment] = href.split("#");
      const target = pages.get(to || path);
      expect(target, `${href} in ${path}`).toBeDefined();
      // What the training shows is fetched later; the words' places are in it all the same.
      if (fragment) expect(target.includes(` id="${fragment}"`), `${href} in ${path}`).toBe(true);
    }
  }
});

test("each is a small download", () => {
  for (const path of STILL_SAMPLE) {
    expect(total(firstLoad(DIST, fileOf(path))).brotli, path).toBeLessThanOrEqual(LIMIT);
  }
  // They all link the same styles.
  for (const path of STILL_PAGES) {
    expect(statSync(join(DIST, `${fileOf(path)}.br`)).size, path).toBeLessThanOrEqual({ "/errors": 22_200, "/proof": 8_000, "/tree": 14_600 }[path] ?? 6_000);
  }
});

for (const path of STILL_SAMPLE) {
  test(`${path} is the same under every address of its file`, async ({ site, page }) => {
    for (const address of [path, `${path}/`, `${path}/index.html`, `${path}?from=mail&x=%ff`]) {
      expect((await site.read(address)).status(), address).toBe(200);
      await expect(site.heading, address).toHaveCount(1);
    }
    const fetched = site.fetched().filter((url) => url.endsWith(".wasm"));
    expect(fetched).toEqual([]);
    expect(await page.locator("html[data-hydrated]").count()).toBe(0);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the list is whole, and nothing on it asks for a click that is not answered", async ({ site, page }) => {
    await site.read("/errors");
    await expect(page.getByRole("textbox")).toHaveCount(0);
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(ERRORS);
    await page.getByRole("link", { name: "The deploy creates a table, index or sequence" }).click();
    await expect(page).toHaveURL(/\/errors\/postgres\/duplicate-relation$/);
    await expect(site.heading).toContainText("already in the database");
  });
});

test.describe("the list", () => {
  test.beforeEach(({ site }) => site.read("/errors"));

  const items = (page) => page.getByRole("main").getByRole("listitem");
  const field = (page) => page.getByRole("textbox", { name: /^Search/ });

  test("is searched by words", async ({ page }) => {
    await field(page).fill("  Disk FULL ");
    await expect(page.getByRole("link", { name: /disk/ })).toBeVisible();
    expect(await items(page).count()).toBeLessThan(5);
    await expect(page.getByRole("heading", { level: 2 })).toHaveCount(1);
    await field(page).fill("");
    await expect(items(page)).toHaveCount(ERRORS);
  });

  test("is searched by a line of a log, in any of its languages", async ({ page }) => {
    for (const line of ['ERROR:  relation "orders" already exists', "FEHLER:  Relation »kunden« existiert bereits"]) {
      await field(page).fill(line);
      await expect(page.getByRole("link", { name: "The deploy creates a table, index or sequence" })).toBeVisible();
      expect(await items(page).count()).toBeLessThan(4);
    }
  });

  test("says when nothing fits, and sends nothing", async ({ site, page }) => {
    const fetched = site.fetched();
    await field(page).fill("a failure nobody has seen");
    await expect(page.getByRole("status")).toContainText("No message here fits");
    await expect(items(page)).toHaveCount(0);
    expect(site.fetched()).toEqual(fetched);
  });
});

test("a result leads to its error, beside the page", async ({ site, page, context }) => {
  await site.recover(logFile("render/render-014.log"));
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    site.result.getByText("What this means").click().then(() => site.result.getByRole("link", { name: /^More about this error/ }).click()),
  ]);
  await expect(tab).toHaveURL(/\/errors\/postgres\/\w/);
  await expect(tab.getByRole("heading", { name: "What not to do" })).toBeVisible();
  await tab.getByRole("link", { name: "Paste your log" }).click();
  await tab.locator("html[data-hydrated]").waitFor({ state: "attached" });
  await expect(site.happened).toBeVisible();
});

test("what cannot be told has no page", async ({ site, page }) => {
  await site.recover("Dear all,\nthe deploy went wrong again.\n");
  await expect(page.getByRole("link", { name: /^More about/ })).toHaveCount(0);
});
