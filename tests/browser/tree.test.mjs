// The page of all questions and answers: a drawing, the same as text, and the way of a result marked in both.
import { TABLES_QUESTION, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");

/** The names of the marked lines of the drawing, or of the marked lines of the text. */
const taken = (page, within) => page.locator(`${within} [data-edge].taken`).evaluateAll((all) => all.map(({ dataset }) => dataset.edge).sort());

test("a result opens it beside the page with its way marked, and gives it no name and no line of the log", async ({ site, page, context }) => {
  await site.recover(LOG);
  await site.answer(TABLES_QUESTION, /^All match/);
  await site.openAnswers();
  const link = site.result.getByRole("link", { name: "Where each answer leads" });
  expect(await link.getAttribute("href")).toBe("/tree#path=situation.duplicate-table,tool-seen.yes,starred.,compared.,cause.,history-seen.yes,history.,tables-match.match,");
  const [tab] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await expect(tab.getByText("The way your answers took is marked.")).toBeVisible();
  const way = ["cause.", "compared.", "history-seen.yes", "history.", "situation.duplicate-table", "starred.", "tables-match.match", "tool-seen.yes"];
  expect(await taken(tab, ".graph")).toEqual(way);
  expect(await taken(tab, ".tree__list")).toEqual(way);
  await expect(tab.locator(".graph__box.taken")).toHaveCount(9);
  await expect(tab.getByText("Your way: All match one revision.")).toBeVisible();
  await expect(site.happened).toBeVisible();
  await tab.setViewportSize({ width: 360, height: 640 });
  await tab.reload();
  await expect(tab.locator(".graph__box--reversible.taken").getByText("Can be undone")).toBeInViewport();
});

test("a way this version does not know marks what it knows, and nonsense marks nothing", async ({ site, page }) => {
  await site.read("/tree#path=situation.healthy,data.perhaps,nothing.at-all");
  await expect(page.getByText("The way your answers took is marked.")).toBeVisible();
  expect(await taken(page, ".graph")).toEqual(["situation.healthy"]);
  for (const fragment of ["#path=", "#path=%ff", '#path="><b>', "#at-data", ""]) {
    await page.goto("about:blank");
    await site.read(`/tree${fragment}`);
    await expect(page.locator(".taken"), fragment).toHaveCount(0);
    await expect(page.getByText("The way your answers took is marked."), fragment).toBeHidden();
  }
});

test("every box of the drawing leads to its entry in the text, and says what it can do to data", async ({ site, page }) => {
  await site.read("/tree");
  const boxes = page.locator(".graph__box");
  const links = await boxes.getByRole("link").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(links).toHaveLength(await boxes.count());
  const entries = await page.locator(".tree__list > li").evaluateAll((all) => all.map(({ id }) => `#${id}`));
  expect([...links].sort()).toEqual(entries.sort());
  const lines = await page.locator(".graph [data-edge]").evaluateAll((all) => all.map(({ dataset }) => dataset.edge).sort());
  const answers = await page.locator(".tree__list [data-edge]").evaluateAll((all) => all.map(({ dataset }) => dataset.edge).sort());
  expect(lines).toEqual(answers);
  await expect(page.locator(".graph__box--destructive")).toHaveCount(2);
  await expect(page.locator(".graph__box--destructive").getByText("Deletes data")).toHaveCount(2);
});

test("no words of the drawing stand outside their box", async ({ site, page }) => {
  await site.read("/tree");
  const outside = await page.locator(".graph__box").evaluateAll((boxes) =>
    boxes.flatMap((box) => {
      const frame = box.querySelector("rect").getBoundingClientRect();
      const words = [...box.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
      return words.filter(([, at]) => at.right > frame.right || at.bottom > frame.bottom || at.top < frame.top).map(([text]) => text);
    }),
  );
  expect(outside).toEqual([]);
});

for (const width of [360, 1440]) {
  test(`at ${width} px only the drawing scrolls to the side`, async ({ site, page }) => {
    await page.setViewportSize({ width, height: 640 });
    await site.read("/tree");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const region = page.getByRole("region", { name: "Drawing of all questions and answers" });
    await region.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => region.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("drawing and text are whole", async ({ site, page }) => {
    await site.read("/tree");
    await expect(page.locator(".graph__box").first()).toBeVisible();
    await page.locator(".graph__box").getByRole("link", { name: "Would anyone miss the data" }).click();
    await expect(page).toHaveURL(/#at-data$/);
    await expect(page.locator("#at-data").getByRole("listitem")).toHaveCount(4);
    await expect(page.getByText("Your way:")).toHaveCount(0);
  });
});
