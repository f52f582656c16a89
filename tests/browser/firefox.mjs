// The second browser: Firefox, driven by puppeteer-core.
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { expect } from "./site.mjs";

/** `./x test` names the browser; else the one on the path. */
const firefox = process.env.RUNBOOK_FIREFOX ?? process.env.PATH.split(":").map((dir) => join(dir, "firefox-esr")).find(existsSync);

/** What Firefox says of a request without an owner any more: the page that made it was left before the service worker answered. */
const LEFT = "Failed to load ‘’. A ServiceWorker intercepted the request";

/** Does something in a new Firefox, in whose pages `script` runs first. */
export async function inFirefox(script, act) {
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
