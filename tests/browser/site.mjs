// The page object every browser test starts from. A test that uses `site` also fails when the page reports an error, breaks
// its own security policy, or asks anything of another origin.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { READER } from "./sizes.mjs";

export { expect };

export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.RUNBOOK_URL),

  site: async ({ page, baseURL, javaScriptEnabled }, use) => {
    const site = new Site(page, baseURL, javaScriptEnabled ?? true);
    await site.watch();
    await use(site);
    expect(site.problems, "problems the page reported").toEqual([]);
  },
});

/** A recorded log, or its label: `render/render-014.log`. */
export function logFile(name) {
  return readFileSync(join(import.meta.dirname, "../logs", name), "utf8");
}

/** A recorded log of Render whose build prints so much that the whole is `size` bytes long. */
export function bigLog(log, size) {
  const line = (n) => `  Downloading package_${n}-1.${n % 97}.0-py3-none-any.whl (${n % 900} kB)\n`;
  const failureFrom = log.indexOf("==> Deploying...");
  const lines = [log.slice(0, failureFrom)];
  let length = log.length;
  for (let n = 0; length < size; n += 1) {
    const next = line(n);
    lines.push(next);
    length += next.length;
  }
  return lines.join("") + log.slice(failureFrom);
}

export const TOOL_QUESTION = "What builds the tables of this database?";
export const DATA_QUESTION = "Would anyone miss the data in this database?";
export const TABLES_QUESTION = "Do the tables match your migrations?";
export const DATABASE_QUESTION = "Is this certainly the database you mean to empty?";
export const CONTRADICTION = "Stop: is this data really not needed?";

const ICON = /icon-\w+\.svg$/;
const FONT = /\.woff2$/;
const ASSET = /\/assets\//;

export class Site {
  /** What went wrong on the page, one line each. A test that provokes a problem takes it out. */
  problems = [];

  /** Every request the page made, in order. */
  requests = [];

  /** The wrong address a test asks for on purpose. */
  #missing;

  constructor(page, baseURL, runsScripts = true) {
    this.page = page;
    this.baseURL = baseURL;
    this.runsScripts = runsScripts;
    this.heading = page.getByRole("heading", { level: 1 });
    this.box = page.getByRole("textbox", { name: "Log of the failed deploy" });
    this.fileInput = page.getByLabel("Choose file", { exact: true });
    this.result = page.getByRole("article").filter({ has: page.getByRole("heading", { level: 2, name: /^What happened/ }) });
    this.happened = this.result.getByRole("heading", { level: 2 });
    this.safeForm = page.getByRole("region", { name: "Get the safe form with your names", exact: true });
    this.names = page.locator("fieldset.names:visible").first();
    this.runbook = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "Render Database Recovery" }) });
  }

  async watch() {
    const { page, problems } = this;
    page.on("pageerror", (error) => problems.push(`error: ${error.stack ?? error.message}`));
    page.on("console", (message) => this.#noteConsole(message));
    page.on("crash", () => problems.push("the page crashed"));
    page.on("request", (request) => this.#noteRequest(request));
    page.on("requestfailed", (request) => this.#noteFailure(request));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`);
      });
    });
  }

  #noteConsole(message) {
    const isMissing = withoutFragment(message.location().url) === this.#missing && message.text().includes("404");
    // With scripts switched off nothing uses what Chromium fetched early, and it says so.
    const isUnused = !this.runsScripts && message.text().includes("was preloaded using link preload but not used");
    // A test's own `serviceWorkers: "block"`.
    const isBlocked = message.text().startsWith("Service Worker registration blocked by Playwright");
    const isExpected = isMissing || isUnused || isBlocked;
    if (["error", "warning"].includes(message.type()) && !isExpected) {
      this.problems.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  }

  #noteFailure(request) {
    // With scripts switched off Chromium still wants to fetch them early, and reports that it may not.
    const isForbidden = !this.runsScripts && request.url().endsWith(".js");
    // What is still on its way when a page is left is given up: so says Chromium of this alone, a file that does not come has
    // another error, and a page that lacks one never answers.
    const isLeft = ASSET.test(request.url()) && request.failure()?.errorText === "net::ERR_ABORTED";
    if (!isForbidden && !isLeft) {
      this.problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    }
  }

  #noteRequest(request) {
    this.requests.push(request);
    const { origin, protocol } = new URL(request.url());
    if (origin !== this.baseURL && protocol !== "data:" && protocol !== "blob:") {
      this.problems.push(`another origin: ${request.url()}`);
    }
  }

  /** Opens an address and waits until the page answers. */
  async open(path) {
    const response = await this.read(path);
    await this.hydrated();
    return response;
  }

  /** Opens an address where nothing is, and waits until the page that says so answers. */
  async openMissing(path) {
    const response = await this.readMissing(path);
    await this.hydrated();
    return response;
  }

  /** Opens an address, whether or not the page can answer. */
  read(path) {
    return this.page.goto(this.baseURL + path);
  }

  /** Follows the first link to a page of the site. */
  follow(path) {
    return this.page.locator(`a[href="${path}"]`).first().click();
  }

  /** Follows a link inside the site, whether or not the page has one there. */
  goTo(path) {
    return this.page.evaluate((path) => {
      const link = document.createElement("a");
      link.href = path;
      document.body.append(link);
      link.click();
      link.remove();
    }, path);
  }

  /** Opens an address where nothing is, whether or not the page that says so can answer. */
  readMissing(path) {
    this.#missing = withoutFragment(new URL(this.baseURL + path).href);
    return this.read(path);
  }

  /** What was requested, without the icon, which the browser asks for again at each new title, and the fonts, which come with their first letter. */
  fetched() {
    return this.requests.map((request) => request.url()).filter((url) => !ICON.test(url) && !FONT.test(url));
  }

  /** Every file requested so far, once each: the worker asks for the script that starts it again. Waits for the last that is always asked for. */
  async allFetched() {
    await expect.poll(() => this.fetched().some((url) => READER.test(url) && url.endsWith(".postcard"))).toBe(true);
    return [...new Set(this.fetched())];
  }

  hydrated() {
    return this.page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  }

  /** The text of `<body>` as a reader sees it. */
  text() {
    return this.page.locator("body").innerText();
  }

  /** The HTML inside `<body>`. */
  html() {
    return this.page.locator("body").innerHTML();
  }

  /** Lets the page read and write the browser's clipboard. */
  allowClipboard() {
    return this.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: this.baseURL });
  }

  copied() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Puts a text on the clipboard and pastes it into a field as a reader does. */
  async paste(text, field = this.box) {
    await this.allowClipboard();
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await field.focus();
    await this.page.keyboard.press("ControlOrMeta+V");
  }

  /** Opens the start page and pastes a log there. */
  async recover(log) {
    await this.open("/");
    await this.paste(log);
    await this.happened.waitFor();
  }

  /** The question, inside the result or the safe form. */
  question(text, within = this.result) {
    return within.getByRole("region", { name: text });
  }

  /** Chooses an answer and goes on. */
  async answer(question, answer, within = this.result) {
    const form = this.question(question, within);
    await form.getByRole("radio", { name: answer }).check();
    await form.getByRole("button", { name: "Continue" }).click();
  }

  /** Answers whether the data is needed; where the cause is asked about before, the tables are too far apart. */
  async answerData(answer, within = this.result) {
    const cause = this.question(TABLES_QUESTION, within);
    await cause.or(this.question(DATA_QUESTION, within)).first().waitFor();
    if (await cause.isVisible()) await this.tablesDiffer(within);
    await this.answer(DATA_QUESTION, answer, within);
  }

  /** Says that the tables are too far apart from what the migrations build: only then the data is asked about. */
  tablesDiffer(within = this.result) {
    return this.answer(TABLES_QUESTION, /^Too far apart/, within);
  }

  /** Confirms the database by its name, and stands by what was said of its data where the name makes the page ask again. */
  async confirmDatabase(name, within = this.result) {
    const form = this.question(DATABASE_QUESTION, within);
    await form.getByRole("textbox").fill(name);
    await form.getByRole("button", { name: "This is the database" }).click();
    await form.waitFor({ state: "detached" });
    if (await this.question(CONTRADICTION, within).isVisible()) await this.standBy(within);
  }

  /** Says that what was said of the data holds for names that speak of production too. */
  standBy(within = this.result) {
    return this.answer(CONTRADICTION, "It is as I said, for this very database.", within);
  }

  /** Ticks what must be so before anything is deleted. */
  async tickNeeded(within = this.result) {
    const needed = within.getByRole("group", { name: /^Tick these first/ }).first();
    // The plan may still be on its way.
    await needed.waitFor();
    for (const box of await needed.getByRole("checkbox").all()) await box.check();
  }

  /** The way out that was reached. */
  plan(title) {
    return this.result.getByRole("region", { name: title });
  }

  /** What the strip of ways out says about one of them. */
  wayOut(title) {
    return this.result.getByRole("listitem").filter({ hasText: new RegExp(`^${title}`) });
  }

  /** The fields for the names, which a plan folds away once both are known. */
  async openNames() {
    const folded = this.result.locator("details.names-folded").filter({ hasText: "Your names" });
    if ((await folded.count()) > 0 && (await folded.first().getAttribute("open")) === null) await folded.first().locator("summary").click();
    return this.names;
  }

  /** The answers so far, which are folded away. */
  async openAnswers() {
    const folded = this.result.locator("details.trail");
    if ((await folded.getAttribute("open")) === null) await folded.locator("summary").click();
  }

  /** Asks a question again that was answered. */
  async change(question) {
    await this.openAnswers();
    await this.result.getByRole("button", { name: new RegExp(`^Change ?: ${question.replace("?", "\\?")}$`) }).click();
  }

  /** The code block that holds a text, with its caption and buttons. */
  code(text, within = this.page) {
    return within.getByRole("figure").filter({ hasText: text });
  }

  /** Every place of this tab where a text could be kept: the document, its fields, address, title, history, stores. */
  traces() {
    return this.page.evaluate(async () => {
      const fields = [...document.querySelectorAll("input, textarea, select")].map((field) => field.value);
      const stores = [localStorage, sessionStorage].map((store) => JSON.stringify(store));
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      const names = [document.title, location.href, JSON.stringify(history.state), window.name, document.cookie];
      const caches = await window.caches.keys();
      for (const name of [...caches]) {
        caches.push(...(await (await window.caches.open(name)).keys()).map(({ url }) => url));
      }
      return [document.documentElement.outerHTML, ...fields, ...stores, ...databases, ...names, ...caches].join("\n");
    });
  }
}

function withoutFragment(url) {
  return url.split("#", 1)[0];
}
