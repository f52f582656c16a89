// What the server answers: pasted beside a log it shows what would be deleted, and below a step whether the step worked.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TABLES_QUESTION, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const DATABASE = "true911_prod_db";
const answered = (name) => readFileSync(join(import.meta.dirname, "../answers", name), "utf8");
/** A database without a version, as the log says it: it begins with the first migration. */
const STATE = answered("pg16/state.expanded.txt").replace("{002}", "{}");

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
    await site.answerData(/^Yes, or it might/);
    await expect(site.plan(/^Make a backup and test it first/)).toBeVisible();
  });

  test("of another database says so loudly", async ({ site }) => {
    await site.paste(STATE.replaceAll(DATABASE, "another_db"));
    const said = site.result.getByRole("region", { name: "What the server says" });
    await expect(said.getByRole("alert")).toContainText("Stop");
  });
});

test("a state with a version beside a log that begins with the first migration ends no plan in one, and both sides are named", async ({ site, page }) => {
  await site.recover(LOG);
  await site.answerData(/^Yes, or it might/);
  await expect(site.plan("Set the old schema aside")).toBeVisible();
  await site.paste(answered("pg16/state.expanded.txt"));
  const stop = site.result.getByRole("region", { name: "Stop: two things here cannot both be true" });
  await expect(stop.getByRole("listitem")).toHaveText([/^The log: nothing is before the arrow/, "The server: alembic_version holds {002}"]);
  await expect(page).toHaveTitle(/^Stop: two things here cannot both be true · /);
  await expect(site.result.locator(".outcome")).toHaveCount(0);
});

test("what a step printed is judged below it, and leads on", async ({ site }) => {
  await site.recover(LOG);
  await site.answerData(/^No: test or demo data/);
  await site.confirmDatabase(DATABASE);
  await site.tickNeeded();
  const plan = site.plan(/^Option A/);
  await site.tickNeeded();
  // Saving prints nothing: the box stands where the file is run.
  const saves = plan.getByRole("listitem").filter({ hasText: "Save the SQL as" });
  await expect(saves).toContainText("DROP SCHEMA IF EXISTS public CASCADE");
  await expect(saves.getByText("Paste what it printed")).toHaveCount(0);
  const step = plan.getByRole("listitem").filter({ hasText: "Run it as the user the app uses" });
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

test("a reader who pastes below a step stays at it, and the step is ticked", async ({ site, page }) => {
  await site.recover(LOG);
  await site.answer(TABLES_QUESTION, /^All match/);
  const plan = site.plan(/^Mark migrations as already applied/);
  const step = plan.getByRole("listitem").filter({ hasText: "See which tables and which version are there" });
  const done = step.getByRole("checkbox");
  await step.getByText("Paste what it printed").click();
  const box = step.getByRole("textbox", { name: "Paste what it printed" });
  await box.scrollIntoViewIfNeeded();
  const top = async () => (await box.boundingBox()).y;
  const before = await top();
  await expect(done).not.toBeChecked();
  await site.paste(STATE, box);
  await expect(step).toContainText("It worked.");
  await expect(done).toBeChecked();
  await expect(box).toBeFocused();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2);
  // What the server says is added above, and nothing opens that these answers exclude.
  const said = site.result.getByRole("region", { name: "What the server says" });
  await expect(said).toContainText(`Database ${DATABASE}`);
  await expect(said.getByText("Table incidents, rows: 12.")).toBeHidden();
  await said.getByText("What Option A would delete").click();
  await expect(said.getByText("Table incidents, rows: 12.")).toBeVisible();
});

test("a step is not ticked by the answer of another database, and that is said at the step", async ({ site }) => {
  await site.recover(LOG);
  await site.answer(TABLES_QUESTION, /^All match/);
  const step = site.plan(/^Mark migrations/).getByRole("listitem").filter({ hasText: "See which tables and which version are there" });
  await step.getByText("Paste what it printed").click();
  await site.paste(STATE.replaceAll(DATABASE, "another_db"), step.getByRole("textbox", { name: "Paste what it printed" }));
  await expect(step.getByRole("alert")).toContainText("Stop: the server answered for another database");
  await expect(step.getByRole("checkbox")).not.toBeChecked();
});

test("where what the server says leads elsewhere the reader is taken along", async ({ site, page }) => {
  await site.recover(LOG);
  await site.answerData(/^Yes, or it might/);
  const step = site.plan("Set the old schema aside").getByRole("listitem").filter({ hasText: "See that it can work here" });
  await step.getByText("Paste what it printed").click();
  await site.paste(STATE, step.getByRole("textbox", { name: "Paste what it printed" }));
  await expect(site.plan(/^Make a backup and test it first/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "What the server says" })).toBeFocused();
});

test("an answer without a log stands alone", async ({ site }) => {
  await site.recover(STATE);
  await expect(site.happened).toContainText("no log of a deploy");
  await expect(site.result).toContainText("Table users, rows: 3.");
  await expect(site.result).not.toContainText("DROP SCHEMA");
});
