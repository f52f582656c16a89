// What the server answers: pasted beside a log it shows what would be deleted, and below a step whether the step worked.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DATA_QUESTION, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const DATABASE = "true911_prod_db";
const answered = (name) => readFileSync(join(import.meta.dirname, "../answers", name), "utf8");
const STATE = answered("pg16/state.expanded.txt");

test.describe("a log, then the state of its database", () => {
  test.beforeEach(async ({ site, page }) => {
    await site.recover(LOG);
    await site.paste(STATE);
    await page.getByRole("heading", { name: "What the server says" }).waitFor();
  });

  test("keeps what the log says and shows what would be deleted", async ({ site, page }) => {
    await expect(page.getByRole("heading", { name: "What the server says" })).toBeFocused();
    await expect(site.happened).toContainText("users");
    const said = site.result.getByRole("region", { name: "What the server says" });
    await expect(said).toContainText(`Database ${DATABASE}, user true911_prod_db_user, PostgreSQL 16`);
    await expect(said).toContainText("Table incidents, rows: 12.");
    await expect(said).toContainText("Extension citext: this user can create it again.");
    await expect(said).toContainText("Extension pg_stat_statements: this user cannot create it again.");
    await expect(said).toContainText("In another schema: table column audit.log.m.");
    await expect(said.getByRole("alert")).toHaveCount(0);
    expect(await site.traces()).not.toContain("[ RECORD 1 ]");
  });

  test("does not offer setting aside where an extension is in the way", async ({ site }) => {
    await site.answer(DATA_QUESTION, /^Yes, or it might/);
    await site.answer("Do the tables that are there match what the migrations would have built?", /^No, they are too far/);
    await expect(site.plan(/^Make a backup and test it first/)).toBeVisible();
  });

  test("of another database says so loudly", async ({ site }) => {
    await site.paste(STATE.replaceAll(DATABASE, "another_db"));
    const said = site.result.getByRole("region", { name: "What the server says" });
    await expect(said.getByRole("alert")).toContainText("Stop");
  });
});

test("what a step printed is judged below it, and leads on", async ({ site }) => {
  await site.recover(LOG);
  await site.answer(DATA_QUESTION, /^No: test or demo data/);
  await site.confirmDatabase(DATABASE);
  await site.tickNeeded();
  const plan = site.plan(/^Option A/);
  await site.tickNeeded();
  const step = site.code("COMMIT;", plan).filter({ hasText: "DROP SCHEMA IF EXISTS public CASCADE" }).first();
  await step.getByText("Paste what it printed").click();
  const box = step.getByRole("textbox", { name: "Paste what it printed" });
  await site.paste("GRANT\n", box);
  await expect(step).toContainText("Not recognised");
  await site.paste(answered("pg16/option-a.committed.txt"), box);
  await expect(step).toContainText("It worked.");
  await site.paste(answered("pg13/option-a.not-owner.txt"), box);
  await expect(step).toContainText("It failed.");
  await expect(box).toHaveValue("");
  await step.getByRole("button", { name: /^Go to: Can the schema’?'?s owner/ }).click();
  await expect(site.question("Can the schema's owner be put right?")).toBeVisible();
});

test("an answer without a log stands alone", async ({ site }) => {
  await site.recover(STATE);
  await expect(site.happened).toContainText("no log of a deploy");
  await expect(site.result).toContainText("Table users, rows: 3.");
  await expect(site.result).not.toContainText("DROP SCHEMA");
});
