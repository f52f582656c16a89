// What brings extensions back after Option A: made of what the server printed, for this database alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, logFile, test } from "./site.mjs";

const STATE = readFileSync(join(import.meta.dirname, "../answers/pg16/state.aligned.txt"), "utf8").replace("{002}", "{}");
/** What creates one by its name; the plan also copies those of the real database into an empty one. */
const SQL = 'CREATE EXTENSION IF NOT EXISTS "';

test.beforeEach(async ({ site }) => {
  await site.recover(logFile("render/render-014.log"));
  await site.answerData(/^No: test or demo data/);
  await site.confirmDatabase("true911_prod_db");
  await site.plan(/^Option A/).waitFor();
});

/** The first of the boxes below the SQL that looks at the database. */
async function paste(site, page, text) {
  const box = page.getByRole("textbox", { name: "Paste what it printed" }).first();
  if (!(await box.isVisible())) await page.locator("summary").filter({ hasText: "Paste what it printed" }).first().click();
  await site.paste(text, box);
}

test("the SQL comes from the state that was pasted, and stays when they are gone", async ({ site, page }) => {
  const plan = site.plan(/^Option A/);
  await expect(plan.getByText("Paste what the SQL that looks at the database printed")).toHaveCount(2);
  await expect(plan.getByText(SQL)).toHaveCount(0);
  await paste(site, page, STATE);
  const block = site.code(SQL, plan).first();
  await expect(block).toContainText(`${SQL}citext" WITH SCHEMA public CASCADE;`);
  await expect(block).toContainText("IF current_database() <> 'true911_prod_db' THEN");
  await expect(block).not.toContainText(`${SQL}pg_stat_statements"`);
  await expect(block).toContainText("This user may not create these again; only a superuser can. Find out who, before they are deleted: pg_stat_statements");
  await expect(site.code(SQL, plan)).toHaveCount(2);
  await site.allowClipboard();
  await expect(block.getByRole("button", { name: "Save as extensions.sql" })).toBeVisible();
  await block.getByRole("button", { name: "Copy" }).click();
  await expect(block.getByText("Copied for true911_prod_db")).toBeVisible();
  const copied = await site.copied();
  expect(copied).toMatch(/^-- DELETES NOTHING/);
  expect(copied).toMatch(/COMMIT;$/);
  // Asked again after Option A: the server lists none, the page still knows.
  const gone = STATE.split("\n").filter((line) => !/\| public +\| [tf]$/.test(line)).join("\n");
  await paste(site, page, gone.replaceAll("citext, pg_stat_statements", "-"));
  await expect(site.code(SQL, plan).first()).toContainText('"citext"');
});

test("without extensions there is nothing to do, and another database gets no SQL", async ({ site, page }) => {
  const plan = site.plan(/^Option A/);
  const none = STATE.split("\n").filter((line) => !/\| public +\| [tf]$/.test(line)).join("\n");
  await paste(site, page, none);
  await expect(plan.getByText("no extension stands in public").first()).toBeVisible();
  await expect(plan.getByText(SQL)).toHaveCount(0);
  await paste(site, page, STATE);
  await expect(site.code(SQL, plan)).toHaveCount(2);
  await plan.getByText("Your names, filled in everywhere").first().click();
  await plan.getByLabel("Database name").fill("");
  await expect(page.getByText(SQL)).toHaveCount(0);
  await site.answerData(/^No: test or demo data/);
  await site.confirmDatabase("true911_prod_db");
  await expect(site.code(SQL, plan)).toHaveCount(2);
  await paste(site, page, STATE.replace(" true911_prod_db |", " another_prod_db |"));
  await expect(page.getByText("Stop: the server answered for another database").first()).toBeVisible();
  await expect(page.getByText(SQL)).toHaveCount(0);
});
