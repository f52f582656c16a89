// The whole way with the keyboard alone, in any browser: paste, answer, plan, tick, reload, continue, record, recovered. It takes
// a page of Playwright or of puppeteer-core and uses only what both have.
import { expect } from "@playwright/test";
import { CONTRADICTION, DATABASE_QUESTION, DATA_QUESTION, TABLES_QUESTION, logFile } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const LABEL = JSON.parse(logFile("render/render-014.json"));
const HEALTHY = `==> Running 'alembic upgrade head && uvicorn app.main:app'
INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.
INFO  [alembic.runtime.migration] Running upgrade  -> 001, create users
INFO:     Application startup complete.
==> Your service is live 🎉
`;
const LOG_WITHOUT_NAMES = `==> Running 'alembic upgrade head'
psycopg2.errors.DuplicateTable: relation "users" already exists
`;
const USER = "true911_prod_db_user";
const DATABASE = "true911_prod_db";
const SQL = "DELETES DATA: everything in schema public";
const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d/;

/** What a page runs first whose browser keeps nothing. */
export const BROKEN_STORAGE = {
  forbidden: () => Object.defineProperty(window, "sessionStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }),
  full: () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; },
};

/** Walks all of it; fails where something is not reached or not said. */
export async function walk(page, url) {
  const keys = new Keyboard(page);
  await page.goto(`${url}/`);
  await keys.hydrated();
  await keys.paste(LOG);
  await keys.says("#result-title:focus", LABEL.relation);
  expect(await page.evaluate(() => location.hash)).toMatch(/^#at=duplicate-table&wipe=possible&signature=postgres%2Fduplicate-relation&f\.tool=alembic&f\.tool_seen=yes&content=\w+$/);

  await keys.answerData();
  await keys.confirmDatabase();
  await keys.says("#outcome-title", "Option A");
  await keys.says(".needs", "Tick these first.");
  expect(await keys.text(".outcome"), "no SQL that deletes before the ticks").not.toContain(SQL);
  for (const done of ["are suspended", "ran on an empty database"]) {
    await keys.tick(".needs input", done);
    expect(await keys.text(".outcome")).not.toContain(SQL);
  }
  await keys.tick(".needs input", "Nobody needs the data");
  await keys.says(".outcome", SQL);
  await keys.says(".needs", TIME);
  await keys.tick(".step__head input", "Write down the exact time");

  await page.reload();
  await keys.hydrated();
  await keys.says(".read", "You are where you were. The log is gone");
  await keys.says("#result-title", "creates a table, index or sequence that is already in the database");
  await keys.answerData();
  await keys.confirmDatabase();
  await keys.says(".needs", "Tick these first.");
  expect(await keys.text(".outcome"), "for which database they were ticked nobody knows any more").not.toContain(SQL);
  await keys.tickNeeded();
  await keys.says(".outcome", "Fill in first: the database user");
  await keys.tabTo("#plan-user");
  await page.keyboard.type(USER);
  await keys.says(".outcome", `GRANT ALL ON SCHEMA public TO "${USER}"`);
  await keys.tabTo(".code button", "Copy", SQL);
  await page.keyboard.press("Enter");
  await keys.says(".outcome .copy__said", `Copied for ${DATABASE}`);
  expect(await keys.pasted()).toContain(`GRANT ALL ON SCHEMA public TO "${USER}"`);

  await keys.tabTo(".handover > summary");
  await page.keyboard.press("Enter");
  await keys.tabTo(".handover button", "Copy");
  await page.keyboard.press("Enter");
  await keys.says(".handover [role=status]", "Copied");
  const record = await keys.pasted();
  for (const part of ["# Recovery record", "test or demo data", "[x] 20", "Write down the exact time in UTC", SQL, USER, "Written by version"]) {
    expect(record).toContain(part);
  }
  expect(record).not.toContain(LABEL.secret);
  await keys.says(".handover pre", "WHAT MUST NOT BE DONE");

  await keys.paste(HEALTHY);
  await keys.says("h1", "Recovered");
  await keys.says("#outcome-title:focus", "Recovered");
  await keys.says(".outcome", "Take the reset scripts out of the deploy");
}

/** The same to the ticked plan where the browser keeps nothing: it works, says so, and after a reload asks again. */
export async function walkWithoutStorage(page, url) {
  const keys = new Keyboard(page);
  await page.goto(`${url}/`);
  await keys.toThePlan();
  await keys.says(".outcome", SQL);
  await keys.says("body", "This browser keeps nothing for this page");
  await page.reload();
  await keys.hydrated();
  await keys.says(".question", DATA_QUESTION);
  expect(await keys.text(".outcome")).not.toContain(SQL);
}

/** The same where storage, then the address, hold rubbish: it is passed over, with a line that says so. */
export async function walkPastRubbish(page, url) {
  const keys = new Keyboard(page);
  await page.goto(`${url}/`);
  await keys.toThePlan();
  await keys.says(".outcome", SQL);
  await page.evaluate(() => sessionStorage.setItem("runbook.plan", "plan 1\nat=x\n\u0000\tticked\n"));
  await page.reload();
  await keys.hydrated();
  await keys.says("body", "could not be read, so none is set");
  await keys.says(".question", DATA_QUESTION);
  for (const rubbish of ["at=nonsense", "%", "at=%ff&q.data=disposable", "x=<script>alert(1)</script>"]) {
    await page.goto("about:blank");
    await page.goto(`${url}/#${rubbish}`);
    await keys.hydrated();
    await keys.says("body", "The address holds something this page does not know.");
    expect(await page.evaluate(() => location.hash), rubbish).toBe("");
  }
  await keys.paste(LOG);
  await keys.says("#result-title", LABEL.relation);
}

/**
 * Confirms one database and comes back to the page from the browser's cache with another one remembered: nothing of it counts for that
 * one. `away` goes where a name is typed and remembered, and comes back.
 */
export async function comeBackWithAnotherName(page, url, away) {
  const keys = new Keyboard(page);
  const names = () => page.evaluate(() => [...document.querySelectorAll("input[id$=-database]:not([id*=confirm])")].map(({ value }) => value));
  await page.goto(`${url}/`);
  // A log without names: whatever name there is was typed.
  await keys.toThePlan(LOG_WITHOUT_NAMES, "staging_db");
  await keys.says(".outcome", "Fill in first: the database user");
  await keys.tabTo("#plan-user");
  await page.keyboard.type(USER);
  await keys.says(".outcome", "current_database() <> 'staging_db'");

  await away("production_db");
  await keys.until("the remembered name is filled in", async () => (await names()).every((name) => name === "production_db"));
  expect((await keys.text("body")).includes(SQL), "no SQL that deletes for a database nobody confirmed").toBe(false);
  await keys.says(".question", DATA_QUESTION);
  await keys.says(".question", "You answered this while another database name was in use.");
  await keys.answerData();
  await keys.confirmDatabase("production_db");
  await keys.says(".needs", "Tick these first.");
  expect((await keys.text("body")).includes(SQL), "the ticks were for the other database").toBe(false);
  expect(await page.evaluate(() => [...document.querySelectorAll(".needs input")].some((box) => box.checked))).toBe(false);
  await keys.tickNeeded();
  await keys.says(".outcome", "current_database() <> 'production_db'");
}

/** Types a name where SQL is given without a log, and has it remembered. */
export async function rememberName(page, url, name) {
  const keys = new Keyboard(page);
  await page.goto(`${url}/sql`);
  await keys.hydrated();
  await keys.tabTo("input", "Database user or connection string");
  await page.keyboard.type(USER);
  await keys.tabTo("input", "Database name");
  await page.keyboard.type(name);
  await keys.tabTo("input", "Remember these two names");
  await page.keyboard.press(" ");
  await keys.until("the name is kept", () => page.evaluate((name) => localStorage.getItem("runbook.database") === name, name));
}

class Keyboard {
  constructor(page) {
    this.page = page;
  }

  async until(what, holds) {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const at = await this.page.evaluate(() => `${document.activeElement.outerHTML.slice(0, 200)} beside: ${document.querySelector(".question")?.textContent}`);
    throw new Error(`waited in vain: ${what}; the focus is on ${at}`);
  }

  hydrated() {
    return this.until("the page answers", () => this.page.evaluate(() => document.documentElement.hasAttribute("data-hydrated")));
  }

  text(selector) {
    return this.page.evaluate((selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent).join("\n"), selector);
  }

  says(selector, text) {
    return this.until(`${selector} says ${text}`, async () => {
      const said = await this.text(selector);
      return text instanceof RegExp ? text.test(said) : said.includes(text);
    });
  }

  /**
   * Goes with Tab, or back with Shift, until the focus is on what is meant: its own words or its label's, and those of the figure
   * around it. Never round the end of the page: there a browser's own buttons would take the keys.
   */
  async tabTo(selector, words = "", around = "") {
    const way = ([selector, words, around]) => {
      const said = (e) => e.labels?.[0]?.textContent ?? e.textContent;
      const meant = (e) => said(e).includes(words) && (e.closest("figure")?.textContent ?? "").includes(around);
      const all = [...document.querySelectorAll(selector)].filter(meant);
      if (all.includes(document.activeElement)) return "there";
      const before = all[0]?.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING;
      return before && document.activeElement !== document.body ? "back" : "on";
    };
    for (let steps = 0; steps < 250; steps += 1) {
      const next = await this.page.evaluate(way, [selector, words, around]);
      if (next === "there") return;
      if (next === "back") await this.page.keyboard.down("Shift");
      await this.page.keyboard.press("Tab");
      if (next === "back") await this.page.keyboard.up("Shift");
    }
    throw new Error(`not reached by Tab: ${selector} ${words} ${around}`);
  }

  async tick(selector, words) {
    await this.tabTo(selector, words);
    await this.page.keyboard.press(" ");
    await this.until(`${words} is ticked`, () => this.page.evaluate(() => document.activeElement.checked));
  }

  async chord(key) {
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press(key);
    await this.page.keyboard.up("Control");
  }

  /** A field of the test's own, for what goes to the clipboard and comes from it. */
  async inScratch(text, act) {
    await this.page.evaluate((text) => {
      window.left = document.activeElement;
      const scratch = document.createElement("textarea");
      scratch.id = "scratch";
      scratch.value = text;
      document.body.append(scratch);
      scratch.focus();
      scratch.select();
    }, text);
    await act();
    return this.page.evaluate(() => {
      const scratch = document.getElementById("scratch");
      scratch.remove();
      window.left.focus();
      return scratch.value;
    });
  }

  async paste(text) {
    await this.inScratch(text, () => this.chord("c"));
    await this.tabTo("#log");
    await this.chord("v");
  }

  pasted() {
    return this.inScratch("", () => this.chord("v"));
  }

  /** Through all that opens Option A's SQL. */
  async toThePlan(log = LOG, database = DATABASE) {
    await this.hydrated();
    await this.paste(log);
    await this.answerData();
    await this.confirmDatabase(database);
    await this.tickNeeded();
  }

  async tickNeeded() {
    await this.says(".needs", "Tick these first.");
    for (const done of ["are suspended", "ran on an empty database", "Nobody needs the data"]) {
      await this.tick(".needs input", done);
    }
  }

  /** Says that nobody needs the data; where the cause is asked about before, that the tables are too far apart. */
  async answerData() {
    const asks = async (question) => (await this.text(".question")).includes(question);
    await this.until("a question is asked", async () => (await asks(TABLES_QUESTION)) || (await asks(DATA_QUESTION)));
    if (await asks(TABLES_QUESTION)) await this.choose("Too far apart");
    await this.says(".question", DATA_QUESTION);
    await this.choose("No: test or demo data");
  }

  async choose(answer) {
    const at = () =>
      this.page.evaluate(() => {
        const { checked, labels, value } = document.activeElement;
        return { value, words: labels?.[0]?.textContent ?? "", state: `${value} ${checked ? "chosen" : "not chosen"}, page ${document.hasFocus() ? "with" : "without"} focus` };
      });
    const way = [];
    await this.until("the answer is chosen", async () => {
      // A question that has just appeared takes the focus to its heading.
      await this.tabTo(".question input[type=radio]");
      const before = await at();
      await this.page.keyboard.press("ArrowDown");
      const after = await at();
      way.push(`${before.state} → ${after.state}`);
      // Under load a browser was seen to keep the focus where it was, again and again: the group is left and entered anew.
      if (after.value === before.value) await this.page.keyboard.press("Tab");
      return after.words.startsWith(answer);
    }).catch((problem) => {
      throw new Error(`${problem.message}; the last keys: ${way.slice(-8).join("; ")}`);
    });
    await this.tabTo(".question button", "Continue");
    await this.page.keyboard.press("Enter");
  }

  async confirmDatabase(database = DATABASE) {
    await this.says(".question", DATABASE_QUESTION);
    await this.tabTo("#result-confirm-database");
    await this.page.keyboard.type(database);
    await this.tabTo(".question button", "This is the database");
    await this.page.keyboard.press(" ");
    if (/prod|live|main/.test(database)) await this.standBy();
  }

  /** The name speaks of production, so the page asks again. */
  async standBy() {
    await this.says(".question", CONTRADICTION);
    expect(await this.text(".outcome"), "no plan before that is settled").toBe("");
    await this.choose("It is as I said");
  }
}
