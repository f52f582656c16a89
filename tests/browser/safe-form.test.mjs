// Without a log: the safe form of Option A stays behind its two questions, and the names fill the runbook.
import { DATA_QUESTION, DATABASE_QUESTION, expect, logFile, test } from "./site.mjs";

const SQL = "DROP SCHEMA IF EXISTS public CASCADE";
const DISPOSABLE = /^No: test or demo data/;

test.describe("the safe form", () => {
  test.beforeEach(({ site }) => site.open("/runbook"));

  test("asks both questions before any SQL", async ({ site }) => {
    await expect(site.question(DATA_QUESTION, site.safeForm)).toBeVisible();
    expect(await site.html()).not.toContain(SQL);
    await site.answerData(DISPOSABLE, site.safeForm);
    await expect(site.question(DATABASE_QUESTION, site.safeForm)).toBeVisible();
    expect(await site.html()).not.toContain(SQL);
    await site.confirmDatabase("app_db", site.safeForm);
    await expect(site.safeForm).toContainText("Tick these first.");
    expect(await site.html()).not.toContain(SQL);
    await site.tickNeeded(site.safeForm);
    await expect(site.safeForm).toContainText(/Fill in first: (the )?database user/);
    await site.runbook.getByLabel("Database user or connection string").fill("app_user");
    const block = site.code(SQL, site.safeForm);
    await expect(block).toContainText('GRANT ALL ON SCHEMA public TO "app_user"');
    await expect(block).toContainText("current_database() <> 'app_db'");
  });

  for (const answer of [/^Yes, or it might/, /^I don't know/]) {
    test(`shows no SQL to someone who says ${answer.source}`, async ({ site }) => {
      await site.answerData(answer, site.safeForm);
      await expect(site.safeForm).toContainText("With this answer nothing is deleted");
      await expect(site.question(DATABASE_QUESTION, site.safeForm)).toHaveCount(0);
      expect(await site.html()).not.toContain(SQL);
    });
  }

  test("closes again for someone who is not sure of the database", async ({ site }) => {
    await site.answerData(DISPOSABLE, site.safeForm);
    await site.question(DATABASE_QUESTION, site.safeForm).getByRole("button", { name: "I’m not sure" }).click();
    await expect(site.safeForm).toContainText("With this answer nothing is deleted");
    expect(await site.html()).not.toContain(SQL);
  });
});

test("the source's block that deletes has no copy button of its own", async ({ site }) => {
  await site.open("/runbook");
  const block = site.code("DROP SCHEMA public CASCADE");
  await expect(block.getByRole("link", { name: "Get the safe form with your names" })).toBeVisible();
  await expect(block.getByRole("button")).toHaveCount(0);
});

test("the safe form is advised against where the log that was read does not call for it", async ({ site }) => {
  await site.recover(logFile("recorded/must_be_owner.pg8000.log"));
  await site.goTo("/runbook");
  await expect(site.safeForm.getByRole("note")).toContainText("Deleting would not mend what your log shows. Deleting grants no rights");
  await site.recover(logFile("render/render-014.log"));
  await site.goTo("/runbook");
  await expect(site.safeForm).toBeVisible();
  await expect(site.safeForm.getByText("Deleting would not mend")).toHaveCount(0);
});
