// The whole way from a 10 MB file to the result, beside one RegExp of the same literals: `./x bench` runs it, median of five.
import { readFileSync, writeFileSync } from "node:fs";
import { bigLog, expect, logFile, test } from "./site.mjs";

const RUNS = 5;
const LITERALS = process.env.RUNBOOK_LITERALS;

test("10 MB in the tab", async ({ site, page }, info) => {
  const log = bigLog(logFile("render/render-014.log"), 10_000_000);
  const path = info.outputPath("bench.log");
  writeFileSync(path, log);
  const literals = readFileSync(LITERALS, "utf8").split("\n");
  const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)];
  const [own, other] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    await site.open("/");
    await page.waitForLoadState("networkidle");
    other.push(await page.evaluate(searchAll, { log, literals }));
    await page.evaluate(watchResult);
    await site.fileInput.setInputFiles(path);
    await expect(site.happened).toContainText("users");
    own.push(await page.evaluate(() => window.took));
  }
  console.log(`10 MB in the tab (median of ${RUNS}): one RegExp ${Math.round(median(other))} ms, from the file to the result ${Math.round(median(own))} ms of ${Math.round(3 * median(other))} ms`);
});

/** Runs in the page: every match of an alternation of the literals. */
function searchAll({ log, literals }) {
  const escaped = literals.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const began = performance.now();
  const pattern = new RegExp(escaped.join("|"), "g");
  let count = 0;
  for (const _match of log.matchAll(pattern)) count += 1;
  return count > 0 ? performance.now() - began : NaN;
}

/** Runs in the page: notes how long it takes from the choice of the file to the result. */
function watchResult() {
  let began = 0;
  document.addEventListener("change", () => (began = performance.now()), { capture: true, once: true });
  new MutationObserver((_changes, observer) => {
    if (!began || !document.getElementById("result-title")) return;
    window.took = performance.now() - began;
    observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
}
