// The reader's names: given once, checked, filled in everywhere; a password gets nowhere.
import { expect, test } from "./site.mjs";

const PASSWORD = "S3cretPw";
const CONNECTION = `postgresql://app_user:${PASSWORD}@dpg-x-a.oregon-postgres.render.com/app_db`;
const DISPOSABLE = /^No: test or demo data/;

test.beforeEach(({ site }) => site.open("/runbook"));

test("a connection string gives user and database, and its password is dropped", async ({ site, page }) => {
  const user = site.runbook.getByLabel("Database user or connection string");
  await site.paste(CONNECTION, user);
  await expect(user).toHaveValue("app_user");
  await expect(site.runbook.getByLabel("Database name")).toHaveValue("app_db");
  await expect(site.runbook.getByRole("status").filter({ hasText: "The password was dropped" })).toBeVisible();
  expect(await site.traces()).not.toContain(PASSWORD);
  // Not even taking the paste back brings it up again.
  await page.keyboard.press("ControlOrMeta+Z");
  expect(await site.traces()).not.toContain(PASSWORD);
});

test("a connection string in the field of the database is no name", async ({ site }) => {
  await site.paste(CONNECTION, site.runbook.getByLabel("Database name"));
  await expect(site.runbook.getByRole("status").filter({ hasText: /connection/i }).first()).toBeVisible();
  expect(await site.html()).not.toContain(PASSWORD);
});

test("a connection string typed to confirm the database is not shown", async ({ site }) => {
  await site.answerData(DISPOSABLE, site.safeForm);
  const form = site.question(/certainly the database/, site.safeForm);
  await site.paste(CONNECTION, form.getByRole("textbox"));
  await expect(form.getByRole("button", { name: "This is the database" })).toBeDisabled();
  expect(await site.html()).not.toContain(PASSWORD);
});

test("names follow live into words, code and SQL", async ({ site }) => {
  const block = site.code("DROP SCHEMA public CASCADE");
  await expect(block).toContainText("GRANT ALL ON SCHEMA public TO true911_prod_db_user;");
  await site.runbook.getByLabel("Database user or connection string").fill("app-user");
  await expect(block).toContainText('GRANT ALL ON SCHEMA public TO "app-user";');
  await expect(site.runbook).toContainText("Replace app-user with the actual DB user");
  await site.runbook.getByLabel("Database name").fill("app_db");
  await expect(site.runbook).toContainText("database app_db.");
  await site.runbook.getByLabel("Database user or connection string").fill("");
  await expect(block).toContainText("GRANT ALL ON SCHEMA public TO true911_prod_db_user;");
});

test("a refused name says why and is put into nothing", async ({ site }) => {
  await site.runbook.getByLabel("Database user or connection string").fill("public");
  await expect(site.runbook.getByRole("status").filter({ hasText: "database user refused" })).toBeVisible();
  await expect(site.code("DROP SCHEMA public CASCADE")).toContainText("TO true911_prod_db_user;");
});

test("capital letters are doubted", async ({ site }) => {
  await site.runbook.getByLabel("Database user or connection string").fill("AppUser");
  await expect(site.runbook.getByRole("status").filter({ hasText: "capital letters" })).toBeVisible();
});

test("without a name the rights go to the user who runs the SQL", async ({ site }) => {
  await site.runbook.getByRole("checkbox", { name: /CURRENT_USER/ }).check();
  await site.answerData(DISPOSABLE, site.safeForm);
  await site.confirmDatabase("app_db", site.safeForm);
  await site.tickNeeded(site.safeForm);
  await expect(site.safeForm).toContainText("GRANT ALL ON SCHEMA public TO CURRENT_USER");
});
