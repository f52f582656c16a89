// Browser tests of the built site in dist/: `./x test` sets everything up and runs them.
// One file alone, after `./x setup test` and `./x build`:
//   node_modules/.bin/playwright test --config tests/browser pages
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

/** `./x test` names the browser; else the one on the path, not Playwright's own, which is not installed. */
const chromium = process.env.RUNBOOK_CHROMIUM ?? process.env.PATH.split(":").map((dir) => join(dir, "chromium")).find(existsSync);

export default defineConfig({
  testDir: ".",
  outputDir: process.env.RUNBOOK_TEST_OUTPUT ?? "../../test-results",
  globalSetup: "./start-server.mjs",
  forbidOnly: true,
  fullyParallel: true,
  // A site that does not answer at all need not be waited for in every test.
  maxFailures: 15,
  reporter: "list",
  retries: 0,
  // Limits, not waits: they only say when a page has to be given up, on a slow machine with other work to do.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 2,
  // What measures time runs when nothing else does: `./x test` starts the two one after the other.
  projects: [
    { name: "behaviour", testMatch: "*.test.mjs", testIgnore: "speed.test.mjs" },
    { name: "speed", testMatch: "speed.test.mjs" },
    // `./x bench`: prints, decides nothing.
    { name: "bench", testMatch: "bench.mjs" },
  ],
  use: {
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
