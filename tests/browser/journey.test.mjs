// The main journey by keyboard alone, in two browsers.
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { BROKEN_STORAGE, walk, walkPastRubbish, walkWithoutStorage } from "./journey.mjs";
import { expect, test } from "./site.mjs";

/** `./x test` names the browser; else the one on the path. */
const firefox = process.env.RUNBOOK_FIREFOX ?? process.env.PATH.split(":").map((dir) => join(dir, "firefox-esr")).find(existsSync);

test.describe.configure({ timeout: 300_000 });

test("from the log to the record by keyboard alone, in Chromium", async ({ site, page }) => {
  await site.allowClipboard();
  await walk(page, site.baseURL);
});

/** What Firefox says of a request without an owner any more: the page that made it was left before the service worker answered. */
const LEFT = "Failed to load ‘’. A ServiceWorker intercepted the request";

/** Does something in a new Firefox, in whose pages `script` runs first. */
async function inFirefox(script, act) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", ({ message }) => message.startsWith(LEFT) || problems.push(message));
    await page.evaluateOnNewDocument(script);
    await act(page);
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
}

test("from the log to the record by keyboard alone, in Firefox", ({ baseURL }) => inFirefox(() => {}, (page) => walk(page, baseURL)));

for (const [what, breakIt] of Object.entries(BROKEN_STORAGE)) {
  test(`where storage is ${what} the plan works, in Firefox`, ({ baseURL }) => inFirefox(breakIt, (page) => walkWithoutStorage(page, baseURL)));
}

test("rubbish in storage and in the address is passed over, in Firefox", ({ baseURL }) => inFirefox(() => {}, (page) => walkPastRubbish(page, baseURL)));
