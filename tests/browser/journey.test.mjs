// The main journey by keyboard alone, in two browsers; and what a page remembers that comes back from the browser's cache.
import { inFirefox } from "./firefox.mjs";
import { BROKEN_STORAGE, comeBackWithAnotherName, rememberName, walk, walkPastRubbish, walkWithoutStorage } from "./journey.mjs";
import { expect, test } from "./site.mjs";

test.describe.configure({ timeout: 300_000 });

test("from the log to the record by keyboard alone, in Chromium", async ({ site, page }) => {
  await site.allowClipboard();
  await walk(page, site.baseURL);
});

test("from the log to the record by keyboard alone, in Firefox", ({ baseURL }) => inFirefox(() => {}, (page) => walk(page, baseURL)));

for (const [what, breakIt] of Object.entries(BROKEN_STORAGE)) {
  test(`where storage is ${what} the plan works, in Firefox`, ({ baseURL }) => inFirefox(breakIt, (page) => walkWithoutStorage(page, baseURL)));
}

test("rubbish in storage and in the address is passed over, in Firefox", ({ baseURL }) => inFirefox(() => {}, (page) => walkPastRubbish(page, baseURL)));

test("a name remembered elsewhere inherits no confirmation, in Chromium", async ({ site, page }) => {
  await site.allowClipboard();
  // This Chromium keeps no page in its cache: it is told what it would be told on the way there and back.
  const told = (event) => page.evaluate((event) => dispatchEvent(new PageTransitionEvent(event, { persisted: true })), event);
  await comeBackWithAnotherName(page, site.baseURL, async (name) => {
    await told("pagehide");
    const other = await page.context().newPage();
    await rememberName(other, site.baseURL, name);
    await other.close();
    await told("pageshow");
  });
});

test("a name remembered elsewhere inherits no confirmation, in Firefox", ({ baseURL }) =>
  inFirefox(
    () => addEventListener("pageshow", ({ persisted }) => (window.fromCache = persisted)),
    (page) =>
      comeBackWithAnotherName(page, baseURL, async (name) => {
        await rememberName(page, baseURL, name);
        await page.evaluate(() => history.back());
        await expect.poll(() => page.evaluate(() => location.pathname === "/" && window.fromCache)).toBe(true);
      }),
  ));
