// The main journey by keyboard alone, in two browsers.
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { walk } from "./journey.mjs";
import { expect, test } from "./site.mjs";

/** `./x test` names the browser; else the one on the path. */
const firefox = process.env.RUNBOOK_FIREFOX ?? process.env.PATH.split(":").map((dir) => join(dir, "firefox-esr")).find(existsSync);

test.describe.configure({ timeout: 300_000 });

test("from the log to the record by keyboard alone, in Chromium", async ({ site, page }) => {
  await site.allowClipboard();
  await walk(page, site.baseURL);
});

test("from the log to the record by keyboard alone, in Firefox", async ({ baseURL }) => {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await walk(page, baseURL);
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});
