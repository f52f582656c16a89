// Commands: each is copied alone and without the end of its line, with the reader's names or not at all; one that is another in
// PowerShell is chosen once and shown everywhere.
import { expect, logFile, test } from "./site.mjs";

const CONNECTION = "'postgresql://o%27brien%20%24x%25@dpg-x-a.example.com/true911_prod_db?sslmode=require'";
const HOST = "External host name of the database";

test.describe("on Windows", () => {
  test.use({ userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36" });

  test("PowerShell comes first", async ({ site }) => {
    await site.recover(logFile("render/render-014.log"));
    await site.answerData(/^No: test or demo data/);
    await site.confirmDatabase("true911_prod_db");
    const dump = site.code("pg_dump --format=custom", site.plan(/^Option A/));
    await expect(dump.getByRole("button", { name: "Windows (PowerShell)" })).toHaveAttribute("aria-pressed", "true");
    await expect(dump).toContainText("pg_restore -f NUL before.dump");
  });
});

test("the choice counts for every command, and each is copied with the reader's names", async ({ site, page }) => {
  await site.recover(logFile("render/render-014.log"));
  await site.answerData(/^No: test or demo data/);
  await site.confirmDatabase("true911_prod_db");
  const plan = site.plan(/^Option A/);
  await plan.waitFor();
  await plan.getByText("Your names, filled in everywhere").first().click();
  await plan.getByLabel("Database user or connection string").fill("o'brien $x%");
  await plan.locator("summary").filter({ hasText: "More values, filled in everywhere" }).click();
  await plan.getByLabel(HOST).fill("dpg-x-a.example.com");
  const dump = site.code("pg_dump --format=custom", plan);
  const time = plan.getByRole("figure").filter({ hasText: /date -u|Get-Date/ });
  await expect(dump).toContainText(`-d ${CONNECTION}`);
  await expect(dump).toContainText("pg_restore -f /dev/null before.dump && echo readable to the end");
  await expect(time).toContainText("date -u");
  await site.allowClipboard();
  /** What each button of a block copies, and what it says then. */
  const copied = async (block) => {
    const all = [];
    for (const button of await block.getByRole("button", { name: "Copy", exact: true }).all()) {
      await button.click();
      const said = button.locator("..").getByRole("status");
      await expect(said).toHaveText(/^Copied/);
      all.push([await site.copied(), await said.innerText()]);
    }
    return all;
  };
  const command = [`pg_dump --format=custom --no-owner --no-privileges --file=before.dump -d ${CONNECTION}`, "Copied for true911_prod_db"];
  expect(await copied(dump)).toEqual([command, ["pg_restore -f /dev/null before.dump && echo readable to the end", "Copied"]]);

  const windows = dump.getByRole("button", { name: "Windows (PowerShell)" });
  await expect(windows).toHaveAttribute("aria-pressed", "false");
  await windows.focus();
  await page.keyboard.press("Enter");
  await expect(windows).toHaveAttribute("aria-pressed", "true");
  await expect(windows).toBeFocused();
  await expect(time).toContainText("(Get-Date).ToUniversalTime()");
  await expect(plan.getByText("/dev/null")).toHaveCount(0);
  expect(await copied(dump)).toEqual([
    command,
    ["pg_restore -f NUL before.dump", "Copied"],
    ["if ($LASTEXITCODE -eq 0) { 'readable to the end' } else { 'NOT READABLE' }", "Copied"],
  ]);
  // Commands that are the same in both have no choice.
  const extensions = site.code("-f extensions.sql", plan).first();
  await expect(extensions.getByRole("button")).toHaveText(["Copy"]);
  await time.getByRole("button", { name: "macOS, Linux" }).click();
  await expect(dump).toContainText("/dev/null");
});

test.describe("with an empty field", () => {
  /** Presses every button that copies, or saves, and gives what each says. */
  async function pressAll(page) {
    const said = [];
    for (const button of await page.getByRole("button", { name: /^(Copy$|Save as)/ }).all()) {
      if (!(await button.isVisible())) continue;
      await button.click();
      said.push(await button.locator("..").getByRole("status").innerText());
    }
    return said;
  }

  for (const windows of [false, true]) {
    test(`no command is copied${windows ? " for PowerShell" : ""}, and the field is a tap away`, async ({ site, page }) => {
      await site.open("/");
      await site.paste(logFile("render/render-014.log").replaceAll(/postgresql\S+/g, ""));
      await site.answerData(/^No: test or demo data/);
      await site.confirmDatabase("shop_db");
      const plan = site.plan(/^Option A/);
      await plan.waitFor();
      await page.evaluate(() => navigator.clipboard.writeText("before"));
      if (windows) await plan.getByRole("button", { name: "Windows (PowerShell)" }).first().click();
      const dump = site.code("pg_dump --format=custom", plan);
      const [first] = await dump.getByRole("button", { name: "Copy", exact: true }).all();
      await first.click();
      const status = dump.getByRole("status").first();
      await expect(status).toHaveText(/^Fill in first: Database user or connection string External host name of the database$/);
      expect(await site.copied()).toBe("before");
      await status.getByRole("button", { name: HOST }).click();
      await expect(plan.getByLabel(HOST)).toBeFocused();
      await page.keyboard.type("dpg-x-a.example.com");
      await expect(status).toHaveText("Fill in first: Database user or connection string");
      await status.getByRole("button").click();
      await page.keyboard.type("app");
      await expect(status).toHaveText("");
      await first.click();
      await expect(status).toHaveText("Copied for shop_db");
      expect(await site.copied()).toContain("-d 'postgresql://app@dpg-x-a.example.com/shop_db?sslmode=require'");
    });
  }

  test("nothing that is copied anywhere holds an example", async ({ site, page }) => {
    test.setTimeout(300_000);
    await site.allowClipboard();
    const examples = /true911|your-external-host|your_database|REVISION/;
    for (const path of ["/runbook", "/sql"]) {
      await site.open(path);
      await page.evaluate(() => {
        window.taken = [];
        navigator.clipboard.writeText = async (text) => void window.taken.push(text);
      });
      await pressAll(page);
      for (const text of await page.evaluate(() => window.taken)) expect(text).not.toMatch(examples);
    }
  });
});
