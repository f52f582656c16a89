// Light or dark: the reader's choice holds on every page, from the first paint on, and without it the system's.
import { expect, test } from "./site.mjs";

const LIGHT = "rgb(245, 247, 250)";
const DARK = "rgb(13, 18, 24)";

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const toggle = (page) => page.getByRole("button", { name: "Light or dark" });

for (const [scheme, own, other] of [["light", LIGHT, DARK], ["dark", DARK, LIGHT]]) {
  test.describe(`where the system is ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test("the page follows it until the reader chooses, and keeps the choice", async ({ site, page }) => {
      await site.open("/");
      expect(await ground(page)).toBe(own);
      await toggle(page).click();
      await expect.poll(() => ground(page)).toBe(other);
      for (const path of ["/runbook", "/sql"]) {
        await site.open(path);
        expect(await ground(page), path).toBe(other);
      }
      // A page without a program answers it too.
      await site.read("/errors");
      expect(await ground(page)).toBe(other);
      await toggle(page).click();
      await expect.poll(() => ground(page)).toBe(own);
    });
  });
}

test("a chosen theme is there before anything is painted", async ({ site, page }) => {
  await page.addInitScript(() => localStorage.setItem("runbook.theme", "dark"));
  await page.addInitScript(() => {
    window.grounds = [];
    const look = () => {
      if (document.body) window.grounds.push(getComputedStyle(document.body).backgroundColor);
      if (window.grounds.length < 20) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await site.open("/");
  await expect.poll(() => page.evaluate(() => window.grounds.length)).toBe(20);
  expect(new Set(await page.evaluate(() => window.grounds))).toEqual(new Set([DARK]));
});

test("a tap while the page still loads counts once", async ({ site, page }) => {
  let start;
  const held = new Promise((resolve) => {
    start = resolve;
  });
  await page.route(/_bg\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await site.read("/");
  await toggle(page).click();
  await expect.poll(() => ground(page)).toBe(DARK);
  start();
  await site.hydrated();
  expect(await ground(page)).toBe(DARK);
});

test("where storage is refused, or holds rubbish, the theme still changes", async ({ site, page }) => {
  await page.addInitScript(() => localStorage.setItem("runbook.theme", "<b>"));
  await site.open("/");
  expect(await ground(page)).toBe(LIGHT);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await site.open("/runbook");
  await toggle(page).click();
  await expect.poll(() => ground(page)).toBe(DARK);
});

test("without the fonts the page has the same widths and no shift", async ({ site, page }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const heading = async () => (await site.heading.boundingBox()).height;
  await site.open("/");
  await page.evaluate(() => document.fonts.ready);
  expect(await page.evaluate(() => window.shift)).toBeLessThan(0.01);
  const withFonts = await heading();
  await page.route(/\.woff2$/, (route) => route.abort());
  await page.reload();
  await site.hydrated();
  expect(Math.abs((await heading()) - withFonts)).toBeLessThan(2);
  site.problems = site.problems.filter((problem) => !problem.includes(".woff2") && !problem.includes("ERR_FAILED"));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("no button is there that does nothing", async ({ site, page }) => {
    for (const path of ["/errors", "/"]) {
      await site.read(path);
      await expect(page.getByRole("button")).toHaveCount(0);
    }
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.locator("noscript")).toBeVisible();
    await expect(page.getByRole("link", { name: "Read the runbook" })).toBeVisible();
  });
});
