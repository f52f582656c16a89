// What a reader sees before touching anything, and how few acts lead to the SQL.
import { PAGES, STILL_SAMPLE } from "./dist.mjs";
import { TABLES_QUESTION, expect, logFile, test } from "./site.mjs";

const SQL = "DROP SCHEMA IF EXISTS public CASCADE";
const DISPOSABLE = /^No: test or demo data/;

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test("everything to begin with is on the first screen", async ({ site, page }) => {
    await site.open("/");
    const bar = page.getByRole("navigation", { name: "This site" });
    const wanted = [
      bar.locator(".bar__title"),
      bar.getByRole("button", { name: "Light or dark" }),
      bar.getByRole("button", { name: "Menu" }),
      page.getByRole("heading", { name: "Deploy failed? Paste the log." }),
      page.getByText("See what broke, and the safest way back."),
      page.getByText("Read in this tab. Nothing is uploaded."),
      site.box,
      page.getByRole("button", { name: "Paste log", exact: true }),
      page.getByText("Choose file"),
      page.getByText("Where’s the log?"),
      page.getByText("I can’t copy it"),
    ];
    for (const part of wanted) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
    await expect(site.box).toHaveAttribute("rows", "6");
  });

  test("the menu holds every part of the site, and goes when one is chosen", async ({ site, page }) => {
    await site.open("/");
    const bar = page.getByRole("navigation", { name: "This site" });
    const runbook = bar.getByRole("link", { name: "Runbook", exact: true }).last();
    await expect(runbook).toBeHidden();
    await bar.getByRole("button", { name: "Menu" }).click();
    for (const name of ["Fix", "SQL", "Errors", "Training"]) {
      await expect(bar.getByRole("link", { name, exact: true })).toBeInViewport({ ratio: 1 });
    }
    await runbook.click();
    await expect(page).toHaveURL(`${site.baseURL}/runbook`);
    await expect(runbook).toBeHidden();
  });

  test("a paste is enough for the first useful sentence, without a click", async ({ site }) => {
    await site.open("/");
    await site.paste(logFile("render/render-014.log"));
    await expect(site.happened).toContainText("users");
    await expect(site.happened).toBeInViewport();
  });
});

test.describe("on the smallest phone", () => {
  test.use({ viewport: { width: 320, height: 568 } });

  test("nothing is wider than the window", async ({ site, page }) => {
    const fits = async (state) => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(width, state).toBeLessThanOrEqual(320);
    };
    for (const path of PAGES) {
      await site.open(path);
      await fits(path);
    }
    for (const path of STILL_SAMPLE) {
      await site.read(path);
      await fits(path);
    }
    await site.open("/");
    await site.paste(logFile("render/render-014.log"));
    await site.happened.waitFor();
    await fits("result");
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase("true911_prod_db");
    await site.plan(/^Option A/).waitFor();
    await site.tickNeeded();
    await site.result.getByText("Record and handover").click();
    await site.result.getByRole("group", { name: "The card" }).waitFor();
    await fits("plan");
  });
});

test("an expert with a log needs three answers, three ticks and one copy", async ({ site }) => {
  await site.recover(logFile("render/render-014.log").replaceAll("true911_prod", "shop"));
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase("shop_db");
  // Ticks are no answers: they confirm what was done before, and stand together right above the SQL.
  const needed = site.plan(/^Option A/).getByRole("group", { name: /^Tick these first/ }).first();
  await expect(needed.getByRole("checkbox")).toHaveCount(3);
  await expect(site.plan(/^Option A/)).not.toContainText("DELETES DATA: everything");
  await site.tickNeeded();
  const block = site.code(SQL, site.plan(/^Option A/)).filter({ hasText: "COMMIT;" });
  await block.getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => site.copied()).toContain('GRANT ALL ON SCHEMA public TO "shop_db_user"');
});

test.describe("on a desk", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("the options stand beside the question, and the runbook marks the one that is recommended", async ({ site, page }) => {
    await site.recover(logFile("render/render-014.log"));
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase("true911_prod_db");
    await expect(site.result.getByRole("heading", { name: "Options, gentlest first" })).toBeInViewport();
    await expect(site.plan(/^Option A/).getByRole("heading", { level: 3 })).toBeInViewport();
    await page.getByRole("navigation", { name: "This site" }).getByRole("link", { name: "Runbook", exact: true }).click();
    await expect(site.runbook.getByText("Recommended for your log")).toHaveCount(1);
  });
});

test("what is closed says why, in words about this error", async ({ site }) => {
  await site.recover(logFile("recorded/must_be_owner.pg8000.log"));
  await site.wayOut("Option A").getByText("Option A").click();
  await expect(site.wayOut("Option A")).toContainText("Deleting grants no rights");
});

test("where the page differs from the source runbook it says so, and why", async ({ site }) => {
  await site.recover(logFile("render/render-014.log"));
  await site.answerData(/^Yes, or it might/);
  await expect(site.plan("Set the old schema aside")).toContainText(
    "The source runbook says Option A. We suggest this first, because no row is deleted, and you can rename the old schema back.",
  );
});

test("the window's title is the current step, without names", async ({ site, page }) => {
  await site.recover(logFile("render/render-014.log"));
  await expect(page).toHaveTitle(`${TABLES_QUESTION} · Render Database Recovery`);
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase("true911_prod_db");
  await expect(page).toHaveTitle(/^Option A: drop and recreate the schema · /);
});

test.describe("on a phone of today", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  for (const log of [
    "render/render-014.log",
    "recorded/alembic_version_dropped.asyncpg.log",
    "recorded/db_ahead_of_code.asyncpg.log",
    "recorded/duplicate_column.psycopg2.log",
    "recorded/missing_users_alter.psycopg.log",
  ]) {
    test(`the question and its first three answers stand on the first screen: ${log}`, async ({ site, page }) => {
      await site.recover(logFile(log));
      await page.evaluate(() => scrollTo(0, 0));
      const question = site.result.getByRole("region", { name: /\?$/ });
      await expect(question.getByRole("heading")).toBeInViewport({ ratio: 1 });
      for (const answer of (await question.getByRole("radio").all()).slice(0, 3)) await expect(answer).toBeInViewport({ ratio: 1 });
    });
  }
});

test("an example is read on the page itself, and says that it is one", async ({ site, page }) => {
  await site.open("/");
  await page.getByRole("link", { name: "Try an example" }).click();
  await expect(site.happened).toContainText("users");
  await expect(page.getByRole("status").filter({ hasText: "This is an example" })).toBeVisible();
  // The next log is the reader's own.
  await page.getByRole("button", { name: "Another log" }).click();
  await expect(site.box).toBeFocused();
  await site.paste(logFile("recorded/duplicate_column.psycopg2.log"));
  await expect(site.happened).toContainText("column");
  await expect(page.getByText("This is an example")).toHaveCount(0);
});

test("the line that decided stands in its log, and the question says how many there are", async ({ site }) => {
  await site.recover(logFile("render/render-014.log"));
  const lines = site.result.getByRole("list").first().getByRole("listitem");
  await expect(site.result.getByRole("heading", { name: /^Line \d+ of your log$/ })).toBeVisible();
  // Two before and two behind it, and the step that was running.
  await expect(lines).toHaveText([/Running upgrade\s+-> 001/, /\^\^/, /bind_execute/, /relation "users" already exists/, /^44$/, /direct cause/]);
  await expect(site.result.getByText("Question 1, at most 3")).toBeVisible();
  await site.tablesDiffer();
  await expect(site.result.getByText("Question 2, at most 3")).toBeVisible();
});

test("what was pasted is replaced by its masked view", async ({ site, page }) => {
  const label = JSON.parse(logFile("render/render-014.json"));
  await site.recover(logFile("render/render-014.log"));
  const note = page.getByText(/lines read · \d secrets? hidden/);
  await note.click();
  await expect(page.getByText(`:***@`).first()).toBeVisible();
  expect(await site.traces()).not.toContain(label.secret);
});

test("somebody can be asked with five masked lines", async ({ site }) => {
  await site.recover(logFile("render/render-014.log"));
  await site.answerData(DISPOSABLE);
  await site.result.getByText("Stop and ask somebody").click();
  const text = await site.result.getByRole("group", { name: "What to send" }).innerText();
  const lines = text.trim().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^What I saw: .*users/);
  expect(lines[1]).toMatch(/^The line that says so: line \d+: .*already exists/);
  expect(lines[2]).toBe("Where I am: asked: Is this certainly the database you mean to empty?");
  expect(lines[3]).toContain("No: test or demo data");
  expect(lines[4]).toContain("I have deleted nothing");
});

test.describe("the bar", () => {
  const bar = (page) => page.getByRole("navigation", { name: "This site" });
  const parts = { "/": "Fix", "/runbook": "Runbook", "/sql": "SQL", "/errors": "Errors", "/training": "Training" };

  test("leads to every part of the site and to no wipe, and marks where the reader is", async ({ site, page }) => {
    await site.open("/");
    for (const [path, name] of [...Object.entries(parts), ...Object.entries(parts).toReversed()]) {
      await bar(page).getByRole("link", { name, exact: true }).last().click();
      await expect(page).toHaveURL(site.baseURL + path);
      await expect(bar(page).locator("[aria-current=page]")).toHaveText(name);
      await expect(bar(page).getByRole("link")).toHaveText(["Runbook", ...Object.values(parts)]);
    }
  });

  test("marks the part a page below it is in, and none where it is in none", async ({ site, page }) => {
    await site.read("/errors/postgres/duplicate-relation");
    await expect(bar(page).locator("[aria-current=true]")).toHaveText("Errors");
    await site.read("/tree");
    await expect(bar(page).locator("[aria-current]")).toHaveCount(0);
  });
});

test("where the page can't tell it offers a masked sample of the log", async ({ site, page }) => {
  await site.open("/");
  await site.paste("Dear all,\nPGPASSWORD=Pl4nted-S3cret\nthe deploy went wrong again.\n");
  await expect(site.happened).toContainText("I can't tell from this");
  await page.getByText("Help this page learn: a masked sample").click();
  const sample = page.getByRole("group", { name: "Masked sample of the log" });
  await expect(sample).toContainText("the deploy went wrong again.");
  await expect(sample).toContainText("PGPASSWORD=***");
});

test("what else the log could mean is said, with what would show it", async ({ site, page }) => {
  await site.open("/");
  await site.paste(`ERROR [alembic.util.messaging] Multiple head revisions are present for given argument 'head'\npsycopg2.errors.InsufficientPrivilege: permission denied for table orders\n`);
  await page.getByText("What else it could be").click();
  await expect(page.getByRole("listitem").filter({ hasText: "It would be this if:" })).toHaveCount(1);
});
