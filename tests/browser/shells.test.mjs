// A command that is another one in PowerShell: chosen once, shown everywhere, copied as it stands.
import { DATA_QUESTION, expect, logFile, test } from "./site.mjs";

const CONNECTION = "'postgresql://o%27brien%20%24x%25@your-external-host/true911_prod_db?sslmode=require'";

test.describe("on Windows", () => {
  test.use({ userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36" });

  test("PowerShell comes first", async ({ site }) => {
    await site.recover(logFile("render/render-014.log"));
    await site.answer(DATA_QUESTION, /^No: test or demo data/);
    await site.confirmDatabase("true911_prod_db");
    const dump = site.code("pg_dump --format=custom", site.plan(/^Option A/));
    await expect(dump.getByRole("button", { name: "Windows (PowerShell)" })).toHaveAttribute("aria-pressed", "true");
    await expect(dump).toContainText("pg_restore -f NUL before.dump");
  });
});

test("the choice counts for every command, and each is copied with the reader's names", async ({ site, page }) => {
  await site.recover(logFile("render/render-014.log"));
  await site.answer(DATA_QUESTION, /^No: test or demo data/);
  await site.confirmDatabase("true911_prod_db");
  const plan = site.plan(/^Option A/);
  await plan.waitFor();
  await plan.getByText("Your names, filled in everywhere").first().click();
  await plan.getByLabel("Database user or connection string").fill("o'brien $x%");
  const dump = site.code("pg_dump --format=custom", plan);
  const time = plan.getByRole("figure").filter({ hasText: /date -u|Get-Date/ });
  await expect(dump).toContainText(`-d ${CONNECTION}`);
  await expect(dump).toContainText("pg_restore -f /dev/null before.dump && echo readable to the end");
  await expect(time).toContainText("date -u");
  const copied = async (block) => {
    await block.getByRole("button", { name: "Copy" }).click();
    await expect(block.getByText("Copied")).toBeVisible();
    return site.copied();
  };
  await site.allowClipboard();
  const command = `pg_dump --format=custom --no-owner --no-privileges --file=before.dump -d ${CONNECTION}\n`;
  expect(await copied(dump)).toBe(`${command}pg_restore -f /dev/null before.dump && echo readable to the end\n`);

  const windows = dump.getByRole("button", { name: "Windows (PowerShell)" });
  await expect(windows).toHaveAttribute("aria-pressed", "false");
  await windows.focus();
  await page.keyboard.press("Enter");
  await expect(windows).toHaveAttribute("aria-pressed", "true");
  await expect(windows).toBeFocused();
  await expect(time).toContainText("(Get-Date).ToUniversalTime()");
  await expect(plan.getByText("/dev/null")).toHaveCount(0);
  expect(await copied(dump)).toBe(`${command}pg_restore -f NUL before.dump\nif ($LASTEXITCODE -eq 0) { 'readable to the end' } else { 'NOT READABLE' }\n`);
  // A command that is the same in both has no choice.
  const restore = site.code("createdb scratch", plan);
  await expect(restore.getByRole("button")).toHaveCount(1);
  await time.getByRole("button", { name: "macOS, Linux" }).click();
  await expect(dump).toContainText("/dev/null");
});
