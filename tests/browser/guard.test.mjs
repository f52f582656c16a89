// Would a reset script run? Compared byte for byte; refusing is the good answer.
import { expect, test } from "./site.mjs";

test("only both values, exactly, would let a reset script run", async ({ site }) => {
  await site.open("/runbook");
  const guard = site.runbook.getByRole("region", { name: "Would a reset script run here?" });
  const refuse = guard.getByText("Reset script would REFUSE (good on production)");
  const run = guard.getByText("Reset script would RUN (danger on production)");
  await expect(refuse).toBeVisible();
  await guard.getByLabel("APP_MODE", { exact: true }).fill("demo");
  await expect(refuse).toBeVisible();
  await guard.getByLabel("ALLOW_DB_RESET", { exact: true }).fill("1");
  await expect(run).toBeVisible();
  for (const nearly of ["1 ", "true", "01", ""]) {
    await guard.getByLabel("ALLOW_DB_RESET", { exact: true }).fill(nearly);
    await expect(refuse).toBeVisible();
    await expect(guard).toContainText("set, but not exactly 1");
  }
  await guard.getByRole("button", { name: "ALLOW_DB_RESET: Not set" }).click();
  await expect(guard.getByRole("status").filter({ hasText: /^not set/ })).toHaveCount(1);
  await expect(guard).toContainText("Do not set them on production.");
});
