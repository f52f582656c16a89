// From page to page: links of the site load nothing anew, and everything that is the browser's business stays the browser's.
import { expect, test } from "./site.mjs";

const WORDS = "main a[href^='/training#term-']";

test("a link to another page loads nothing, begins at the top, and back leads back", async ({ site, page }) => {
  await site.open("/sql");
  const before = await site.heading.textContent();
  const fetched = await site.allFetched();
  await page.evaluate(() => scrollTo(0, 2_000));
  await site.follow("/training");
  await expect(page).toHaveURL(`${site.baseURL}/training`);
  await expect(site.heading).toHaveText("Training");
  await expect(page.getByRole("main")).toBeFocused();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(site.heading).toHaveText(before);
  await page.goForward();
  await expect(site.heading).toHaveText("Training");
  expect(await site.allFetched()).toEqual(fetched);
});

test("a link opened in a new tab leaves this page as it is", async ({ site, page, context }) => {
  await site.open("/runbook");
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    page.locator(WORDS).first().click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await expect(tab).toHaveURL(/\/training#term-/);
  await expect(page).toHaveURL(`${site.baseURL}/runbook`);
  await expect(page.locator("[aria-expanded=true]")).toHaveCount(0);
});

test("a part of this page is shown without making the page anew", async ({ site, page }) => {
  await site.open("/training");
  await page.locator("summary").filter({ hasText: "The new login" }).click();
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Practice" }).click();
  await expect(page).toHaveURL(`${site.baseURL}/training#practice`);
  await expect(page.locator("#practice")).toBeInViewport();
  await expect(page.locator("details.exercise[open]")).toHaveCount(1);
});

test("an address without a page is asked of the server", async ({ site, page }) => {
  await site.openMissing("/nothing");
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = "/nothing";
    link.textContent = "elsewhere";
    document.querySelector("main").append(link);
  });
  const [response] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/nothing")),
    page.getByRole("link", { name: "elsewhere" }).click(),
  ]);
  expect(response.status()).toBe(404);
});
