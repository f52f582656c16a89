// From the phone to the laptop: the link, what it holds, and what it must not hold or open.
import { DATA_QUESTION, Site, TOOL_QUESTION, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const LABEL = JSON.parse(logFile("render/render-014.json"));
const DISPOSABLE = /^No: test or demo data/;

/** The link the page offers now. */
async function link(site) {
  const link = site.result.getByLabel("Link", { exact: true });
  if (!(await link.isVisible())) await site.result.getByText("Continue on a laptop").click();
  return link.inputValue();
}

/** Opens an address as another device does: without anything this one stores. */
async function elsewhere(browser, site, address) {
  const page = await (await browser.newContext()).newPage();
  const other = new Site(page, site.baseURL);
  await other.watch();
  await page.goto(address);
  await other.hydrated();
  return other;
}

test("a link opens the page at the same way out, with the same headline, without the log and the names", async ({ site, browser }) => {
  await site.recover(LOG);
  await site.answerData(/^Yes, or it might/);
  await expect(site.plan("Set the old schema aside")).toBeVisible();
  const address = await link(site);
  expect(address).toMatch(/#at=duplicate-table&wipe=possible&signature=postgres%2Fduplicate-relation&f\.tool=alembic&f\.tool_seen=yes&q\.data=needed&q\.tables-match=differ&content=[0-9a-f]{8}$/);

  const other = await elsewhere(browser, site, address);
  await expect(other.happened).toHaveText(/The deploy creates a table, index or sequence that is already in the database\.$/);
  await expect(other.page.getByText("The log stayed on the other device.")).toBeVisible();
  await expect(other.result.locator("a", { hasText: /this error/i })).toHaveAttribute("href", "/errors/postgres/duplicate-relation");
  await expect(other.plan("Set the old schema aside")).toBeVisible();
  await expect(other.page).toHaveURL(address);
  expect(other.problems).toEqual([]);
  await other.page.context().close();
});

test("the names go along only when chosen, and a confirmed database never", async ({ site, browser }) => {
  await site.recover(LOG);
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase("true911_prod_db");
  expect(await link(site)).not.toMatch(/true911|q\.data|disposable/);
  await site.result.getByRole("checkbox", { name: "Put the names of user and database into the link too" }).check();
  const address = await link(site);
  expect(address).toContain("user=true911_prod_db_user&database=true911_prod_db");
  expect(address).not.toContain("right-database");

  const other = await elsewhere(browser, site, `${address}&q.data=disposable&q.right-database=confirmed`);
  await expect(other.question(DATA_QUESTION)).toBeVisible();
  await expect(other.result).not.toContainText("DROP SCHEMA");
  await expect(other.names.getByLabel("Database user or connection string")).toHaveValue("true911_prod_db_user");
  expect(await other.page.evaluate(() => location.href + JSON.stringify(history.state))).not.toContain("true911");
  await other.page.context().close();
});

test("a warning about a reset script goes along", async ({ site, browser }) => {
  await site.recover(LOG.replace("alembic upgrade head && python -m app.seed", "python reset_db.py && alembic upgrade head"));
  const other = await elsewhere(browser, site, await link(site));
  await expect(other.result.getByRole("note").filter({ hasText: "runs a script that empties the database" })).toBeVisible();
  await other.page.context().close();
});

test("a forged link opens nothing, and what it does not know is dropped", async ({ site, page }) => {
  await site.open("/#at=permission&wipe=possible&q.data=disposable&q.right-database=confirmed&q.tried=option-a-refused&q.ownership=cannot-fix&x=%3Cscript%3E&content=0");
  await expect(site.wayOut("Option A")).toContainText("not");
  await expect(site.plan("Give the right user its rights")).toBeVisible();
  await expect(page.getByText("The link was made with another version of this page.")).toBeVisible();
  expect(await site.html()).not.toContain("DROP SCHEMA IF EXISTS");
});

test("a forged link with a name typed here leads to nothing that deletes", async ({ site }) => {
  await site.open("/#at=duplicate-table&wipe=possible&f.tool_seen=yes&q.tables-match=differ&q.data=disposable&q.tried=option-a-refused&q.ownership=cannot-fix&database=app_db&content=0");
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase("app_db");
  await expect(site.plan(/^Option A/), "Option B is for who ran Option A here").toBeVisible();
});

test("what a reader says they saw leads to the same place by a link too", async ({ site, browser }) => {
  await site.open("/");
  await site.page.getByText("I can’t copy it").first().click();
  await site.page.getByRole("button", { name: "alembic_version table is missing" }).first().click();
  const headline = "The table alembic_version, in which Alembic keeps its history, is not in the database.";
  await expect(site.happened).toContainText(headline);
  const address = await link(site);
  expect(address).toContain("signature=alembic%2Fversion-table-missing");
  const other = await elsewhere(browser, site, address);
  await expect(other.happened).toContainText(headline);
  await expect(other.question(TOOL_QUESTION)).toBeVisible();
  await other.page.context().close();
});

test("a signature that nobody knows is left out of what a link says", async ({ site }) => {
  await site.open("/#at=permission&wipe=other-error&signature=postgres%2Fduplicate-relation&content=0");
  await expect(site.happened).not.toContainText("creates");
  await expect(site.result.locator("a", { hasText: /this error/i })).toHaveCount(0);
});

test("a link pasted into an open tab is followed too", async ({ site, page }) => {
  await site.open("/");
  await page.evaluate(() => (location.hash = "at=multiple-heads&wipe=other-error"));
  await expect(site.happened).toContainText("two last migrations");
  await expect(page).toHaveURL(/\/#at=multiple-heads&wipe=other-error&content=\w+$/);
});

test("a secret in the address, the log and a field ends nowhere", async ({ site, page }) => {
  const secret = "Pl4nted-S3cret";
  await site.open(`/?token=${secret}#at=duplicate-table&password=${secret}`);
  await expect(site.result).toBeVisible();
  await site.paste(`${LOG}\nDATABASE_URL=postgres://u:${secret}@dpg-x-a/db\nPGPASSWORD=${secret}\n`);
  await expect(site.happened).toContainText("users");
  await site.paste(`postgresql://u:${secret}@dpg-x-a/db`, site.names.getByLabel("Database user or connection string"));
  await expect(site.names.getByLabel("Database user or connection string")).toHaveValue("u");
  await site.answerData(DISPOSABLE);
  await site.result.getByText("Stop and ask somebody").click();
  await link(site);
  await page.getByText(/lines read/).click();
  const traces = await site.traces();
  expect(traces).not.toContain(secret);
  expect(traces).not.toContain(LABEL.secret);
  // The browser itself asked for the address that was typed; the page asked for nothing with it.
  for (const request of site.requests.slice(1)) {
    expect(request.url() + (request.postData() ?? "")).not.toContain(secret);
  }
});

test("names stay on the device only when chosen, and leave the fields with the page", async ({ site, page }) => {
  await site.open("/runbook");
  const user = site.names.getByLabel("Database user or connection string");
  await user.fill("app_user");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
  await expect(user).toHaveValue("");
  expect(await site.traces()).not.toContain("app_user");

  await user.fill("app_user");
  await site.names.getByRole("checkbox", { name: /Remember these two names/ }).check();
  await site.open("/runbook");
  await expect(user).toHaveValue("app_user");
  await site.names.getByRole("checkbox", { name: /Remember these two names/ }).uncheck();
  await site.open("/runbook");
  await expect(user).toHaveValue("");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("the usual name of a user is said, not filled in", async ({ site }) => {
  await site.open("/runbook");
  await site.names.getByLabel("Database name").fill("shop");
  await expect(site.names.getByText("often shop_user")).toBeVisible();
  await expect(site.names.getByLabel("Database user or connection string")).toHaveValue("");
});
