// The main job: a log is pasted, the cause read, the questions answered, and the SQL taken, with the mouse and without it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRADICTION, DATA_QUESTION, DATABASE_QUESTION, TABLES_QUESTION, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const LABEL = JSON.parse(logFile("render/render-014.json"));
const LOG_WITHOUT_NAMES = `INFO  [alembic.runtime.migration] Running upgrade  -> 001, users\npsycopg2.errors.DuplicateTable: relation "users" already exists\n`;
const USER = "true911_prod_db_user";
const DATABASE = "true911_prod_db";
const DISPOSABLE = /^No: test or demo data/;
const NEEDED = /^Yes, or it might/;
/** SQL that deletes the schema; what takes setting aside back drops only an empty one. */
const DELETING = /DROP SCHEMA (IF EXISTS )?public CASCADE|DELETES DATA/;

/** What the command-line program prints; `./x test` builds it before the browser tests begin. */
function runbook(...args) {
  return execFileSync(join(import.meta.dirname, "../../x"), ["runbook", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

const lineOf = (text) => LOG.split("\n").findIndex((line) => line.includes(text)) + 1;

test.describe("a pasted log", () => {
  test.beforeEach(({ site }) => site.recover(LOG));

  test("is answered with its table and the line that says so", async ({ site, page }) => {
    await expect(site.happened).toContainText(LABEL.relation);
    const proof = site.result.getByRole("listitem").filter({ hasText: 'relation "users" already exists' });
    await expect(proof).toContainText(String(lineOf('relation "users" already exists')));
    await expect(site.result.getByRole("heading", { name: `Line ${lineOf('relation "users" already exists')} of your log` })).toBeVisible();
    await expect(site.happened).toBeFocused();
    await expect(site.box).toHaveValue("");
    await expect(page).toHaveURL(/\/#at=duplicate-table&wipe=possible&signature=postgres%2Fduplicate-relation&f\.tool=alembic&f\.tool_seen=yes&content=\w+$/);
  });

  test("leaves its secret nowhere", async ({ site }) => {
    await expect(site.result).toContainText("This log shows a password, a key or private values.");
    expect(LOG).toContain(LABEL.secret);
    expect(await site.traces()).not.toContain(LABEL.secret);
  });

  test("shows where every way out stands", async ({ site }) => {
    for (const way of ["Option A", "Set the old schema aside"]) {
      await expect(site.wayOut(way)).toContainText("needs your answer");
    }
    await expect(site.wayOut("Option B")).toContainText("only if Option A is refused");
    await expect(site.wayOut("Option A")).toContainText("Deletes data");
    await expect(site.wayOut("Option B")).toContainText("Deletes data");
  });

  test("leads to Option A with the SQL filled in", async ({ site }) => {
    test.setTimeout(300_000); // run alone, it may have to build the program
    await site.answerData(DISPOSABLE);
    await expect(site.result).not.toContainText("DROP SCHEMA");
    await site.confirmDatabase(DATABASE);
    const plan = site.plan(/^Option A/);
    await expect(plan).toBeVisible();
    await expect(site.wayOut("Option A")).toContainText("where your answers lead");
    await expect(plan).not.toContainText("DELETES DATA: everything");
    await site.tickNeeded();

    const block = site.code("DROP SCHEMA IF EXISTS public CASCADE", plan).filter({ hasText: "COMMIT;" });
    await expect(block).toContainText(`GRANT ALL ON SCHEMA public TO "${USER}"`);
    await expect(block).toContainText(`current_database() <> '${DATABASE}'`);
    await block.getByRole("button", { name: "Copy" }).click();
    await expect(block.getByText(`Copied for ${DATABASE}`)).toBeVisible();
    const printed = runbook("sql", "option-a", "--db-user", USER, "--database", DATABASE);
    expect(await site.copied()).toBe(printed.replace(/\n$/, ""));
    expect(await site.traces()).not.toContain(LABEL.secret);
  });

  test("goes back without losing an answer", async ({ site }) => {
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase(DATABASE);
    await expect(site.plan(/^Option A/)).toBeVisible();

    await site.change(DATA_QUESTION);
    const asked = site.question(DATA_QUESTION);
    await expect(asked.getByRole("radio", { name: DISPOSABLE })).toBeChecked();
    await site.answerData(NEEDED);
    await expect(site.plan("Set the old schema aside")).toBeVisible();
    await expect(site.plan(/^Option A/)).toHaveCount(0);
    await expect(site.result).not.toContainText(DELETING);
    await expect(site.wayOut("Option A")).not.toContainText("where your answers lead");

    await site.change(DATA_QUESTION);
    await site.answerData(DISPOSABLE);
    await expect(site.plan(/^Option A/)).toBeVisible();
    await expect(site.question(DATABASE_QUESTION)).toHaveCount(0);
  });

  test("needs two acts for an answer, and a typed name for the database", async ({ site, page }) => {
    await site.tablesDiffer();
    const data = site.question(DATA_QUESTION);
    await data.getByRole("button", { name: "Continue" }).click();
    await expect(data.getByRole("status")).toHaveText("Choose one of the answers first.");
    await data.getByRole("radio", { name: DISPOSABLE }).click();
    await page.keyboard.press("Enter");
    await expect(data).toBeVisible();
    await expect(site.question(DATABASE_QUESTION)).toHaveCount(0);
    await data.getByRole("button", { name: "Continue" }).click();

    const database = site.question(DATABASE_QUESTION);
    await expect(database.getByRole("textbox")).toHaveValue("");
    await expect(database.getByRole("button", { name: "This is the database" })).toBeDisabled();
    await database.getByRole("textbox").fill("another_db");
    await expect(database.getByRole("status")).toContainText("The log names another database");
    await database.getByRole("textbox").press("Enter");
    await expect(site.plan(/^Option A/)).toHaveCount(0);
  });

  test("is replaced by the next one, with nothing of its answers and names", async ({ site }) => {
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase(DATABASE);
    await site.paste(LOG.replaceAll(USER, "other_user").replaceAll(DATABASE, "other_db"));
    await expect(site.question(TABLES_QUESTION)).toBeVisible();
    await expect(site.question(TABLES_QUESTION).getByRole("radio", { checked: true })).toHaveCount(0);
    await expect(site.plan(/^Option A/)).toHaveCount(0);
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase("other_db");
    await site.tickNeeded();
    const block = site.code("DROP SCHEMA IF EXISTS public CASCADE", site.plan(/^Option A/)).filter({ hasText: "COMMIT;" });
    await expect(block).toContainText(`GRANT ALL ON SCHEMA public TO "other_user"`);
  });
});

test.describe("a name that speaks of production", () => {
  /** The log of a database of this name. */
  const logOf = (name) => LOG.replaceAll(USER, "app").replaceAll(DATABASE, name);
  const confirm = async (site, name) => {
    const form = site.question(DATABASE_QUESTION);
    await form.getByRole("textbox").fill(name);
    await form.getByRole("button", { name: "This is the database" }).click();
  };

  for (const answer of [DISPOSABLE, /^Yes, but a backup was restored/]) {
    test(`stops a reader who says ${answer.source}, and asks again before anything is shown that deletes`, async ({ site, page }) => {
      await site.recover(logOf("members_prod"));
      await site.answerData(answer);
      await confirm(site, "members_prod");
      const again = site.question(CONTRADICTION);
      await expect(again.getByRole("heading")).toBeFocused();
      await expect(again).toContainText("members_prod (“prod”)");
      await expect(again.getByRole("listitem")).toHaveCount(1);
      await expect(page).toHaveTitle(/^Stop: is this data really not needed\?/);
      await expect(site.plan(/^Option A/)).toHaveCount(0);
      await again.getByRole("button", { name: "Continue" }).click();
      await expect(again.getByRole("status")).toHaveText("Choose one of the answers first.");
      await site.standBy();
      await expect(site.plan(/^Option A/).getByRole("heading", { level: 3 })).toBeFocused();
    });
  }

  test("leads to keeping the data when the reader thinks again", async ({ site }) => {
    await site.recover(logOf("shop_main"));
    await site.answerData(DISPOSABLE);
    await confirm(site, "shop_main");
    await site.answer(CONTRADICTION, /^Keep the data/);
    await expect(site.plan("Set the old schema aside")).toBeVisible();
    await expect(site.result).not.toContainText(DELETING);
  });

  test("stops again where it is given later, with the SQL already shown, and for the next log", async ({ site }) => {
    await site.recover(LOG_WITHOUT_NAMES);
    await site.answerData(DISPOSABLE);
    await confirm(site, "members");
    await site.names.getByLabel("Database user or connection string").fill("members_user");
    await site.tickNeeded();
    const plan = site.plan(/^Option A/);
    await expect(plan).toContainText("DELETES DATA: everything");
    await site.names.getByLabel("Database name").fill("members_live");
    await site.answerData(DISPOSABLE);
    await confirm(site, "members_live");
    await expect(site.question(CONTRADICTION)).toContainText("members_live (“live”)");
    await expect(site.result).not.toContainText("DELETES DATA: everything");
    await site.standBy();
    await site.tickNeeded();
    await expect(plan).toContainText("DELETES DATA: everything");
    await site.paste(logOf("members_live"));
    await site.answerData(DISPOSABLE);
    await confirm(site, "members_live");
    await expect(site.question(CONTRADICTION)).toContainText("members_live (“live”)");
  });

  test("is no name of another database than the log's", async ({ site }) => {
    await site.recover(logOf("members"));
    await site.answerData(DISPOSABLE);
    await confirm(site, "guests");
    await site.answerData(DISPOSABLE);
    const stop = site.result.getByRole("region", { name: "Stop: two things here cannot both be true" });
    await expect(stop.getByRole("listitem")).toHaveText(["The name: the database you named is guests", "The log: the log is about the database members"]);
    await expect(site.plan(/^Option A/)).toHaveCount(0);
  });

  test("does not matter where the data is kept", async ({ site }) => {
    await site.recover(LOG);
    await site.answerData(NEEDED);
    await expect(site.plan("Set the old schema aside")).toBeVisible();
  });
});

test("beside Option A the old schema can be set aside without another word about the data", async ({ site }) => {
  await site.recover(LOG);
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await site.plan(/^Option A/).getByRole("button", { name: "Set it aside instead" }).click();
  await expect(site.plan("Set the old schema aside").getByRole("heading", { level: 3 })).toBeFocused();
  await expect(site.plan(/^Option A/)).toHaveCount(0);
  await site.openAnswers();
  const said = site.result.getByRole("definition").filter({ hasText: "You said" });
  await expect(said.filter({ hasText: "No: test or demo data, nobody would miss it." })).toBeVisible();
  await expect(said.filter({ hasText: "Set it aside: nothing is deleted." })).toBeVisible();
  await site.change("Delete the data, or set it aside?");
  await site.answer("Delete the data, or set it aside?", "Delete it.");
  await expect(site.plan(/^Option A/)).toBeVisible();
});

test("setting aside is not offered where the server does not allow it", async ({ site }) => {
  await site.recover(LOG);
  await site.paste(readFileSync(join(import.meta.dirname, "../answers/pg16/state.expanded.txt"), "utf8").replace("{002}", "{}"));
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await expect(site.plan(/^Option A/)).toBeVisible();
  await expect(site.result.getByRole("button", { name: "Set it aside instead" })).toHaveCount(0);
});

test.describe("that nothing has changed", () => {
  const unchanged = (site) => site.result.getByText("Nothing has changed so far");
  const tick = (site, title) => site.result.locator(".step__head").filter({ hasText: title }).getByRole("checkbox");

  test("is said only while it is true", async ({ site }) => {
    await site.recover(LOG);
    await expect(unchanged(site)).toBeVisible();
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase(DATABASE);
    // Looking changes nothing.
    await tick(site, "See what is there").check();
    await expect(unchanged(site)).toBeVisible();
    await tick(site, "Stop everything that writes").check();
    await expect(unchanged(site)).toHaveCount(0);
    await tick(site, "Stop everything that writes").uncheck();
    await expect(unchanged(site)).toBeVisible();
    await site.tickNeeded();
    await site.result.getByText("Stop and ask somebody").click();
    const summary = site.result.getByRole("group", { name: "What to send" });
    await expect(summary).toContainText("I have deleted nothing. Steps I ticked");
    await site.code("COMMIT;", site.plan(/^Option A/)).first().getByRole("button", { name: /^Save as option-a/ }).click();
    await expect(summary).toContainText("Careful: I took SQL that deletes data");
    await expect(summary).not.toContainText("I have deleted nothing");
    // Another log takes nothing back.
    await site.paste(LOG);
    await expect(site.question(TABLES_QUESTION)).toBeVisible();
    await expect(unchanged(site)).toHaveCount(0);
  });
});

test("the permission log closes both options that delete, and leads to rights", async ({ site }) => {
  await site.recover(logFile("recorded/must_be_owner.pg8000.log"));
  for (const way of ["Option A", "Option B"]) {
    await expect(site.wayOut(way)).toContainText("not for this error");
  }
  await expect(site.plan(/rights/i)).toBeVisible();
  await expect(site.result).not.toContainText("DROP SCHEMA");
});

test("a deploy that runs a reset script gets a warning and no redeploy", async ({ site }) => {
  const reset = LOG.replace("alembic upgrade head && python -m app.seed", "python reset_db.py && alembic upgrade head");
  expect(reset).not.toBe(LOG);
  await site.recover(reset);
  await expect(site.result.getByRole("note").filter({ hasText: "runs a script that empties the database" })).toBeVisible();
  await expect(site.wayOut("Deploy again")).toHaveCount(0);
});

test("a result says which answer closed a way, and why nothing milder is enough", async ({ site }) => {
  await site.recover(LOG);
  await site.answerData(/^Yes, or it might/);
  await site.wayOut("Option A").locator("summary").click();
  await expect(site.wayOut("Option A")).toContainText("You said: “Yes, or it might: keep the data.” Change that");
  await expect(site.result.getByText(/^Why nothing milder: .*marking migrations as applied would hide/)).toBeVisible();
});
