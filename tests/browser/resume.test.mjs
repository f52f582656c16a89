// What stays: the address walks the answers, the tab keeps ticks, and where it can't or holds rubbish the page works all the same.
import { BROKEN_STORAGE } from "./journey.mjs";
import { DATA_QUESTION, DATABASE_QUESTION, TABLES_QUESTION, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const DATABASE = "true911_prod_db";
const DISPOSABLE = /^No: test or demo data/;
const NEEDED = /^Yes, or it might/;
const SQL = "DELETES DATA: everything in schema public";
const PLAN = "runbook.plan";

/** What the address says of the log, and of the answers that open nothing. */
const READ = /#at=duplicate-table&wipe=possible&signature=postgres%2Fduplicate-relation&f\.tool=alembic&f\.tool_seen=yes/;
const ANSWERED = /&q\.tables-match=differ&content=\w+$/;

async function toThePlan(site) {
  await site.recover(LOG);
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await site.plan(/^Option A/).waitFor();
}

/** The box that a plan's step has of its own. */
const step = (site, title) => site.result.locator(".step__head").filter({ hasText: title }).getByRole("checkbox");

test("back and forward walk the answers, with the log that was read", async ({ site, page }) => {
  await toThePlan(site);
  await expect(page).toHaveURL(new RegExp(`${READ.source}${ANSWERED.source}`));
  await page.goBack();
  await expect(site.question(DATABASE_QUESTION)).toBeVisible();
  await page.goBack();
  await expect(site.question(DATA_QUESTION)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${READ.source}${ANSWERED.source}`));
  await page.goBack();
  await expect(site.question(TABLES_QUESTION)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${READ.source}&content=\\w+$`));
  await page.goBack();
  await expect(site.result).toHaveCount(0);
  await expect(page).toHaveURL(`${site.baseURL}/`);
  for (let steps = 0; steps < 4; steps += 1) await page.goForward();
  await expect(site.plan(/^Option A/)).toBeVisible();
  await expect(site.happened).toContainText("users");
  await page.goBack();
  await page.goBack();
  await site.answerData(NEEDED);
  await expect(site.plan("Set the old schema aside")).toBeVisible();
  await page.goBack();
  await expect(site.question(DATA_QUESTION)).toBeVisible();
});

test("no entry of the history holds a name or confirms a database", async ({ site, page }) => {
  await toThePlan(site);
  expect(await page.evaluate(() => location.href + JSON.stringify(history.state) + JSON.stringify(sessionStorage))).not.toMatch(/true911|right-database|confirmed/);
  await page.goBack();
  await site.names.getByLabel("Database name").fill("another_db");
  await page.goForward();
  await expect(site.question(DATA_QUESTION), "nothing was said of another database").toBeVisible();
  await expect(site.question(DATA_QUESTION)).toContainText("You answered this while another database name was in use.");
  await site.names.getByLabel("Database name").fill(DATABASE);
  await expect(site.plan(/^Option A/), "but of this one").toBeVisible();
});

test("after a reload what was done is there; the log, the names and what opens deleting are not", async ({ site, page }) => {
  await toThePlan(site);
  await site.tickNeeded();
  await expect(site.plan(/^Option A/)).toContainText(SQL);
  await step(site, "Write down the exact time").check();
  await site.result.getByRole("button", { name: "Copy" }).first().click();
  const kept = await page.evaluate((key) => sessionStorage.getItem(key), PLAN);
  expect(kept).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d\tticked\toption-a\twriters-stopped/);
  expect(kept).not.toMatch(/true911|DROP|users/);

  await page.reload();
  await site.hydrated();
  await expect(page.getByText("You are where you were. The log is gone")).toBeVisible();
  await expect(site.happened).toContainText("creates a table, index or sequence that is already in the database");
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await expect(step(site, "Write down the exact time")).toBeChecked();
  await expect(step(site, "Stop everything that writes"), "nobody knows for which database").not.toBeChecked();
  await expect(site.result).not.toContainText(SQL);
  await site.tickNeeded();
  await expect(site.result).toContainText("Fill in first: the database user");
  await site.result.getByRole("button", { name: "Clear all ticks" }).click();
  await expect(step(site, "Write down the exact time")).not.toBeChecked();
  await expect(site.result).toContainText("Tick these first.");
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test("a tick can be taken back, and SQL that deletes goes with it", async ({ site }) => {
  await toThePlan(site);
  await site.tickNeeded();
  await expect(site.result).toContainText(SQL);
  await step(site, "Prove that the migrations build").uncheck();
  await expect(site.result).not.toContainText(SQL);
});

test("another log and another way to the page begin without ticks", async ({ site, page }) => {
  await toThePlan(site);
  await site.tickNeeded();
  const address = page.url();
  await site.paste(LOG);
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await expect(step(site, "Stop everything that writes")).not.toBeChecked();
  await expect(site.result).not.toContainText(SQL);

  await site.tickNeeded();
  await page.goto("about:blank");
  await page.goto(address);
  await site.hydrated();
  await expect(page.getByText("Opened from a link.")).toBeVisible();
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await expect(step(site, "Stop everything that writes")).not.toBeChecked();
});

for (const [what, breakIt] of Object.entries(BROKEN_STORAGE)) {
  test(`where storage is ${what} the plan works, with a line that says so`, async ({ site, page }) => {
    await page.addInitScript(breakIt);
    await toThePlan(site);
    await expect(page.getByText("This browser keeps nothing for this page")).toHaveCount(0);
    await site.tickNeeded();
    await expect(site.result).toContainText(SQL);
    await expect(page.getByText("This browser keeps nothing for this page").first()).toBeVisible();
    await page.reload();
    await site.hydrated();
    await site.answerData(DISPOSABLE);
    await site.confirmDatabase(DATABASE);
    await expect(step(site, "Stop everything that writes")).not.toBeChecked();
  });
}

test("rubbish in storage is passed over, with a line that says so", async ({ site, page }) => {
  await toThePlan(site);
  for (const rubbish of ["", "{}", "plan 1", "plan 1\n\n\n", "plan 1\nat=x\n\u0000\tticked\n", "x".repeat(100_000)]) {
    await page.evaluate(([key, text]) => sessionStorage.setItem(key, text), [PLAN, rubbish]);
    await page.reload();
    await site.hydrated();
    await expect(page.getByText("could not be read, so none is set").first()).toBeVisible();
    await expect(site.question(DATA_QUESTION)).toBeVisible();
  }
  await site.answerData(DISPOSABLE);
  await site.confirmDatabase(DATABASE);
  await site.tickNeeded();
  await expect(site.result).toContainText("Fill in first: the database user");
});

for (const rubbish of ["at=nonsense", "%", "at=%ff&q.data=disposable", "x=<script>alert(1)</script>", "=".repeat(5_000)]) {
  test(`rubbish in the address is left out: ${rubbish.slice(0, 30)}`, async ({ site, page }) => {
    await site.open(`/#${rubbish}`);
    await expect(page.getByText("The address holds something this page does not know.")).toBeVisible();
    await expect(page).toHaveURL(`${site.baseURL}/`);
    await site.paste(LOG);
    await expect(site.happened).toContainText("users");
  });
}

test("a log that works after a plan ends it, and says what prevents the next failure", async ({ site, page }) => {
  await toThePlan(site);
  await site.result.getByRole("button", { name: "Paste the next deploy’s log" }).click();
  await expect(site.box).toBeFocused();
  await site.paste("INFO  [alembic.runtime.migration] Running upgrade  -> 001, users\n==> Your service is live 🎉\n");
  const recovered = site.result.getByRole("region", { name: "Recovered" });
  await expect(recovered.getByRole("heading").first()).toBeFocused();
  // It comes first, and nobody is asked whether it failed or what to delete.
  await expect(page.getByRole("heading").first()).toHaveText("Recovered");
  await expect(page).toHaveTitle(/^Recovered · /);
  expect((await site.result.getByRole("heading").allTextContents())[0]).toMatch(/^Recovered/);
  await expect(page.getByText("Deploy failed?")).toHaveCount(0);
  await expect(site.result.getByRole("heading", { name: "Options, gentlest first" })).toHaveCount(0);
  await expect(site.result.getByText("Nothing has changed so far")).toHaveCount(0);
  await expect(recovered).toContainText("Take the reset scripts out of the deploy");
  await recovered.getByRole("checkbox").first().check();
  await site.result.getByText("Record and handover").click();
  await expect(site.result.getByRole("group", { name: "The card" })).toContainText("The next deploy works, after: Option A");
  await page.reload();
  await site.hydrated();
  await expect(site.result.getByRole("region", { name: "Recovered" }).getByRole("checkbox").first()).toBeChecked();
});

test("a record is handed over as a file", async ({ site, page }) => {
  await toThePlan(site);
  await site.result.getByText("Record and handover").click();
  for (const [form, name, begins] of [["Markdown", "record.md", "# Recovery record"], ["plain text", "record.txt", "Recovery record"]]) {
    const waiting = page.waitForEvent("download");
    await site.result.getByRole("group", { name: `Record as ${form}:` }).getByRole("button", { name: "Download" }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(name);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toMatch(new RegExp(`^${begins}`));
  }
});
