// A confirmation, an answer and a tick about deleting belong to a name: whatever puts another name into use, nothing of them counts for it.
import { DATA_QUESTION, DATABASE_QUESTION, Site, expect, test } from "./site.mjs";

const LOG = `INFO  [alembic.runtime.migration] Running upgrade  -> 001, users\npsycopg2.errors.DuplicateTable: relation "users" already exists\n`;
const DISPOSABLE = /^No: test or demo data/;
const SQL = "DELETES DATA: everything in schema public";

const userField = (page) => page.getByLabel("Database user or connection string").first();
const nameField = (page) => page.getByLabel("Database name").first();
const hasSql = (page) => page.evaluate((sql) => document.body.innerHTML.includes(sql), SQL);
const ticked = (site) => site.result.locator(".needs input:checked").count();

/** Through all that opens Option A's SQL for a database. */
async function openFor(site, name) {
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(name);
  await site.tickNeeded();
}

/** The same from a pasted log, with a user, so that the SQL is there. */
async function recoverFor(site, name) {
  await site.recover(LOG);
  await openFor(site, name);
  await site.names.getByLabel("Database user or connection string").fill("app_user");
  await expect(site.result).toContainText(`current_database() <> '${name}'`);
}

/** Nothing counts for the name that is in use now, until all of it is said for that one. */
async function asksAgainFor(site, name) {
  await expect(site.question(DATA_QUESTION)).toContainText("You answered this while another database name was in use.");
  expect(await hasSql(site.page)).toBe(false);
  await site.answerData(DISPOSABLE);
  await expect(site.question(DATABASE_QUESTION)).toBeVisible();
  await site.confirmDatabase(name);
  await expect(site.result).toContainText("Tick these first.");
  expect(await ticked(site)).toBe(0);
  expect(await hasSql(site.page)).toBe(false);
  await site.tickNeeded();
  await expect(site.result).toContainText(`current_database() <> '${name}'`);
}

const SETTERS = {
  "is typed": async (site) => (await site.openNames()).getByLabel("Database name").fill("production_db"),
  "comes in a pasted connection string": async (site) =>
    site.paste("postgresql://app_user:x@dpg-a-a/production_db", (await site.openNames()).getByLabel("Database user or connection string")),
};

for (const [how, set] of Object.entries(SETTERS)) {
  test(`another name that ${how} is asked about, and the first one's answers come back with it`, async ({ site }) => {
    await recoverFor(site, "staging_db");
    await set(site);
    await expect(site.question(DATA_QUESTION)).toBeVisible();
    expect(await hasSql(site.page)).toBe(false);
    await site.names.getByLabel("Database name").fill("staging_db");
    await expect(site.result).toContainText("current_database() <> 'staging_db'");
    await set(site);
    await asksAgainFor(site, "production_db");
  });
}

test("a confirmation with another name than the one in use asks about the data again", async ({ site }) => {
  await site.recover(LOG);
  await site.names.getByLabel("Database name").fill("staging_db");
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase("production_db");
  await expect(site.question(DATA_QUESTION)).toContainText("You answered this while another database name was in use.");
  await site.answerData(DISPOSABLE);
  await site.standBy();
  await expect(site.plan(/^Option A/)).toBeVisible();
});

test("back and forward bring nothing to another name", async ({ site, page }) => {
  await recoverFor(site, "staging_db");
  await page.goBack();
  await expect(site.question(DATABASE_QUESTION)).toBeVisible();
  await site.names.getByLabel("Database name").fill("production_db");
  await page.goForward();
  await asksAgainFor(site, "production_db");
});

test("after a reload another name starts from the beginning, and so does the same", async ({ site, page }) => {
  for (const name of ["production_db", "staging_db"]) {
    await recoverFor(site, "staging_db");
    await page.reload();
    await site.hydrated();
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase(name);
    await expect(site.result).toContainText("Tick these first.");
    expect(await ticked(site)).toBe(0);
    await userField(page).fill("app_user");
    expect(await hasSql(page)).toBe(false);
  }
});

test("a name that another tab remembers reaches no confirmation of this one", async ({ site, page, context }) => {
  await recoverFor(site, "staging_db");
  const other = new Site(await context.newPage(), site.baseURL);
  await other.watch();
  await other.open("/sql");
  await userField(other.page).fill("app_user");
  await nameField(other.page).fill("production_db");
  await other.page.getByRole("checkbox", { name: /Remember these two names/ }).check();
  await other.page.close();
  await expect(site.result).toContainText("current_database() <> 'staging_db'");
  await page.reload();
  await site.hydrated();
  await expect(nameField(page)).toHaveValue("production_db");
  await site.answerData(DISPOSABLE);
  await expect(site.question(DATABASE_QUESTION)).toBeVisible();
  expect(await hasSql(page)).toBe(false);
});

test("a link with another name, opened in the same tab, starts from the beginning", async ({ site, page }) => {
  await recoverFor(site, "staging_db");
  await page.evaluate(() => (location.hash = "at=duplicate-table&wipe=possible&f.tool_seen=yes&q.tables-match=differ&q.data=disposable&database=production_db"));
  await expect(page.getByText("Opened from a link.")).toBeVisible();
  await expect(site.question(DATA_QUESTION)).toBeVisible();
  await expect(nameField(page)).toHaveValue("production_db");
  expect(await hasSql(page)).toBe(false);
});
