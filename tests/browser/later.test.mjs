// What is fetched later is not in the first load of a page that does not show it, is fetched once, and its absence is said.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "./dist.mjs";
import { expect, logFile, test } from "./site.mjs";
import { READER } from "./sizes.mjs";

// What the host answers, without the copy that is kept for times without a network.
test.use({ serviceWorkers: "block" });

const LATER = /\/assets\/later-\w+\.postcard$/;
const fetchedLater = (site) => site.fetched().filter((url) => LATER.test(url));

test("the build leaves one such file", () => {
  expect(readdirSync(join(DIST, "assets")).filter((name) => /^later-\w{16}\.postcard$/.test(name))).toHaveLength(1);
});

for (const path of ["/", "/runbook"]) {
  test(`${path} does without it`, async ({ site, page }) => {
    await site.open(path);
    await page.waitForLoadState("networkidle");
    expect(fetchedLater(site)).toEqual([]);
  });
}

test("the training fetches it once, before it answers", async ({ site, page }) => {
  await site.open("/training");
  expect(fetchedLater(site)).toHaveLength(1);
  await expect(page.getByRole("heading", { name: "Words" })).toBeVisible();
});

test("pages of one program fetch it once", async ({ site, page }) => {
  await site.open("/sql");
  await site.goTo("/training");
  await expect(page.getByRole("heading", { name: "Words" })).toBeVisible();
  await page.goBack();
  await page.goForward();
  await expect(page.getByRole("heading", { name: "Words" })).toBeVisible();
  expect(fetchedLater(site)).toHaveLength(1);
});

for (const [what, files] of [["the program that reads logs", READER], ["what it searches them for", /patterns-\w{16}\.postcard$/]]) {
  test(`when ${what} does not come, a paste says so, and the next one gets it`, async ({ site, page }) => {
    await page.route(files, (route) => route.abort());
    await site.open("/");
    await site.paste(logFile("render/render-014.log"));
    await expect(page.getByText("could not be loaded, so the log was not read")).toBeVisible();
    await page.unroute(files);
    await site.paste(logFile("render/render-014.log"));
    await expect(site.happened).toContainText("users");
    site.problems.length = 0;
  });
}

test("when it does not come the training stays readable and says so", async ({ site, page }) => {
  await page.route(LATER, (route) => route.abort());
  await site.read("/training");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("could not be loaded");
  await expect(page.getByRole("heading", { name: "Words" })).toBeVisible();
  await page.unroute(LATER);
  await alert.getByRole("link", { name: "Try again" }).click();
  await site.hydrated();
  await expect(alert).toBeHidden();
  site.problems.length = 0;
});

test("a plan whose steps do not come says so, and a second try gets them", async ({ site, page }) => {
  await site.open("/");
  await page.route(LATER, (route) => route.fulfill({ status: 503, body: "" }));
  await site.paste(logFile("recorded/must_be_owner.psycopg.log"));
  const alert = page.getByRole("alert").filter({ visible: true, hasText: "could not be loaded" }).first();
  await expect(alert).toBeVisible();
  await page.unroute(LATER);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("could not be loaded")).toHaveCount(0);
  await expect(site.plan("Give the right user its rights").getByRole("heading", { level: 4 }).first()).toBeVisible();
  site.problems.length = 0;
});

test("a word whose meaning does not come says so, and asks again at the next tap", async ({ site, page }) => {
  await site.open("/runbook");
  await page.route(LATER, (route) => route.abort());
  const word = page.locator("main a[href^='/training#term-']").first();
  const meaning = page.locator(".term__meaning");
  await word.click();
  await expect(meaning).toContainText("could not be loaded");
  await word.click();
  await page.unroute(LATER);
  await word.click();
  await expect(meaning).not.toContainText("could not be loaded");
  await expect(meaning).not.toContainText("Loading");
  site.problems.length = 0;
});
