// A plan says how far it goes and where the reader is.
import { expect, logFile, test } from "./site.mjs";

test("each step says which it is of how many, and the next one is marked", async ({ site }) => {
  await site.recover(logFile("render/render-014.log"));
  await site.answerData(/^Yes, or it might/);
  const plan = site.plan("Set the old schema aside");
  const numbers = await plan.getByText(/^Step \d+ of \d+$/).allTextContents();
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers).toEqual(numbers.map((_, at) => `Step ${at + 1} of ${numbers.length}`));
  // What keeps it from happening again is no step of the way back.
  await expect(plan.getByRole("heading", { name: /^Keep it from|^Prevent/ }).first()).toBeVisible();
  expect(await plan.locator("li.step").count()).toBeGreaterThan(numbers.length);

  const next = plan.locator("li.step--next");
  await expect(next).toHaveCount(1);
  await expect(next).toContainText(`Step 1 of ${numbers.length}`);
  await next.locator(".step__head").getByRole("checkbox").check();
  await expect(next).toContainText(`Step 2 of ${numbers.length}`);
  // Another that is done early changes nothing of where the reader is.
  await plan.locator("li.step", { hasText: `Step 4 of ${numbers.length}` }).locator(".step__head").getByRole("checkbox").check();
  await expect(next).toContainText(`Step 2 of ${numbers.length}`);
  await plan.locator("li.step", { hasText: `Step 1 of ${numbers.length}` }).locator(".step__head").getByRole("checkbox").uncheck();
  await expect(next).toContainText(`Step 1 of ${numbers.length}`);
});
