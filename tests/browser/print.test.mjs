// On paper the runbook is whole: nothing folded away, nothing to press.
import { expect, test } from "./site.mjs";

test("the printed runbook shows every correction with its reason, and no control", async ({ site, page }) => {
  await site.open("/runbook");
  const why = page.getByText("`DuplicateTableError` is what one Python driver".replaceAll("`", "")).first();
  await expect(why).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(why).toBeVisible();
  for (const control of await page.getByRole("button").or(page.getByRole("textbox")).all()) {
    await expect(control).toBeHidden();
  }
  expect((await page.pdf()).length).toBeGreaterThan(20_000);
});
