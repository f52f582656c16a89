// Every page, and every wrong address, loads whole, answers, and reads the same without JavaScript.
import { PAGES } from "./dist.mjs";
import { expect, test } from "./site.mjs";

const WRONG = [
  "/nothing",
  "/nothing/",
  "/nothing/deeper/still?x=1#y",
  "/runbook/nothing",
  "/index.html/nothing",
  "/assets/nothing.js",
  "/_headers",
  "//",
  "/%ff",
  "/%",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/é",
  "/%3Cscript%3Ealert(1)%3C/script%3E",
  "/RUNBOOK",
];

/** Other addresses under which hosts serve a page's file. */
function otherAddresses(path) {
  const folder = path === "/" ? "/" : `${path}/`;
  return [folder, `${folder}index.html`, `${path}?from=mail&x=%ff`, `${path}#no-such-place`];
}

/** What the worker takes as well. */
const WORKERS = /\/assets\/boot-/;

for (const path of PAGES) {
  test.describe(`page ${path}`, () => {
    test("answers, and fetches everything once", async ({ site, page }) => {
      const response = await site.open(path);
      expect(response.status()).toBe(200);
      await expect(site.heading).toHaveCount(1);
      expect(await page.title()).not.toBe("");
      // The worker takes the script that starts both once more, from the browser's cache: it is immutable (delivery.test.mjs).
      const fetched = site.fetched();
      for (const url of fetched) {
        const times = fetched.filter((other) => other === url).length;
        expect(times, url).toBeLessThanOrEqual(WORKERS.test(url) ? 2 : 1);
      }
    });

    test("is the same under every address of its file", async ({ site, page }) => {
      await site.open(path);
      const [title, html] = [await page.title(), await site.html()];
      for (const address of otherAddresses(path)) {
        expect((await site.open(address)).status(), address).toBe(200);
        expect(await page.title(), address).toBe(title);
        expect(await site.html(), address).toBe(html);
      }
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const path of [...PAGES, "/nothing"]) {
    test(`${path} reads the same`, async ({ site, browser, baseURL }) => {
      await site.readMissing(path);
      const withJavaScript = await browser.newPage({ javaScriptEnabled: true });
      await withJavaScript.goto(baseURL + path);
      await withJavaScript.locator("html[data-hydrated]").waitFor({ state: "attached" });
      expect(await site.text()).not.toBe("");
      expect(await withJavaScript.locator("body").innerHTML()).toBe(await site.html());
      await withJavaScript.close();
    });
  }
});

for (const path of WRONG) {
  test(`the wrong address ${path} says so and answers`, async ({ site, page }) => {
    const response = await site.openMissing(path);
    expect(response.status()).toBe(404);
    await expect(site.heading).toHaveText("Page not found");
    await page.getByRole("button", { name: "Show the address" }).click();
    await expect(page.getByRole("status")).toHaveText(new URL(page.url()).pathname);
  });
}

test("the file of the wrong addresses answers under its own", async ({ site }) => {
  for (const path of ["/404", "/404.html"]) {
    // Hosts differ: to some it is a page like any other.
    expect([200, 404]).toContain((await site.openMissing(path)).status());
    await expect(site.heading).toHaveText("Page not found");
  }
});

test("links move between pages without loading anything, and back", async ({ site, page }) => {
  await site.openMissing("/nothing");
  const title = await page.title();
  const fetched = await site.allFetched();
  await site.follow("/");
  await expect(page).toHaveURL(`${site.baseURL}/`);
  await expect(page).not.toHaveTitle(title);
  await page.goBack();
  await expect(page).toHaveTitle(title);
  expect(await site.allFetched()).toEqual(fetched);
});
