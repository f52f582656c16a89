// No page in any state breaks a rule of axe-core: WCAG 2.2 A and AA, its best practices, and AAA for the contrast of text.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PAGES, STILL_SAMPLE } from "./dist.mjs";
import { DATABASE_QUESTION, expect, logFile, test } from "./site.mjs";

const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "color-contrast-enhanced": { enabled: true } },
};
const LOG = logFile("render/render-014.log");

/** One recorded log for each thing that can have happened. */
const LOGS = Object.values(
  Object.fromEntries(
    readdirSync(join(import.meta.dirname, "../logs/recorded"))
      .filter((name) => name.endsWith(".json"))
      .map((name) => [JSON.parse(logFile(`recorded/${name}`)).situation, `recorded/${name.replace(/json$/, "log")}`]),
  ),
);

/** What is wrong on the page now, or in that part of it, with everything unfolded: one line for each element. So is a mark of code of
 * the content that a reader would see as it is. */
async function violations(page, state, part = page.locator("html")) {
  const found = await part.evaluate(async (part, rules) => {
    for (const details of part.querySelectorAll("details")) details.open = true;
    const { violations } = await window.axe.run(part, { ...rules, resultTypes: ["violations"] });
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, any }) => `${id} ${target} ${any[0]?.message ?? ""} ${html.slice(0, 120)}`));
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (data.includes("`") && !parentElement.closest("pre, code, textarea, script, noscript")) found.push(`mark of code: ${data}`);
    }
    return found;
  }, RULES);
  return found.map((line) => `${state}: ${line}`);
}

for (const [device, viewport] of Object.entries({ phone: { width: 360, height: 640 }, desk: { width: 1440, height: 900 } })) {
  for (const colorScheme of ["light", "dark"]) {
    test.describe(`${device}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, reducedMotion: "reduce" });
      // axe itself takes its time.
      test.describe.configure({ timeout: 300_000 });

      test.beforeEach(({ page }) => page.addInitScript(readFileSync(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8")));

      test("every page", async ({ site, page }) => {
        await site.openMissing("/nothing");
        const found = await violations(page, "404");
        for (const path of PAGES) {
          await site.open(path);
          found.push(...(await violations(page, path)));
        }
        for (const path of STILL_SAMPLE) {
          await site.read(path);
          found.push(...(await violations(page, path)));
        }
        expect(found).toEqual([]);
      });

      test("the guards in every state", async ({ site, page }) => {
        await site.open("/guards");
        await page.getByLabel("APP_MODE", { exact: true }).fill("demo");
        await page.getByLabel("ALLOW_DB_RESET", { exact: true }).fill("1");
        await page.getByText(/would RUN/).waitFor();
        const found = await violations(page, "runs");
        for (const [state, text] of [["read", "APP_MODE=Demo\n"], ["malformed", "A=1\nA=1\n"]]) {
          await page.getByLabel(/^Choose a file \(read/).setInputFiles({ name: "env", mimeType: "text/plain", buffer: Buffer.from(text) });
          await page.locator(".env__said").filter({ hasText: / (read|keep one)\./ }).waitFor();
          found.push(...(await violations(page, state)));
        }
        expect(found).toEqual([]);
      });

      test("every step to the SQL", async ({ site, page }) => {
        await site.recover(LOG);
        const found = await violations(page, "question");
        await site.answerData(/^No: test or demo data/);
        await site.question(DATABASE_QUESTION).waitFor();
        await site.question(DATABASE_QUESTION).getByRole("textbox").fill("another_db");
        found.push(...(await violations(page, "database")));
        await site.confirmDatabase("true911_prod_db");
        await site.plan(/^Option A/).waitFor();
        found.push(...(await violations(page, "plan")));
        await site.tickNeeded();
        await site.result.getByText("Record and handover").click();
        // Everything was unfolded before, so the click folds it away again; what is in it is made all the same.
        await site.result.getByRole("group", { name: "The card", includeHidden: true }).waitFor({ state: "attached" });
        found.push(...(await violations(page, "record")));
        expect(found).toEqual([]);
      });

      test("every SQL text", async ({ site, page }) => {
        await site.open("/sql#look-only&user=app_user&database=app_db");
        const found = await violations(page, "names from a link");
        await page.getByRole("tab", { name: "Option A", exact: true }).click();
        const here = page.getByRole("tabpanel");
        await site.answerData(/^No: test or demo data/, here);
        await site.confirmDatabase("app_db", here);
        found.push(...(await violations(page, "ticks")));
        await site.tickNeeded(here);
        for (const tab of await page.getByRole("tab").all()) {
          await tab.click();
          await here.locator("figure pre").first().waitFor();
          const reasons = here.getByRole("button", { name: "Why each line is there" });
          if (await reasons.isVisible()) await reasons.click();
          // From the top: what the bar covers half is no smaller for it.
          await page.evaluate(() => scrollTo(0, 0));
          found.push(...(await violations(page, await tab.innerText())));
        }
        expect(found).toEqual([]);
      });

      test("every kind of result", async ({ site, page }) => {
        await site.open("/");
        await site.paste("\n");
        const found = await violations(page, "nothing to read");
        for (const log of LOGS) {
          await site.recover(logFile(log));
          // The rest of the page stays as it is.
          found.push(...(await violations(page, log, site.result)));
        }
        await site.recover("Dear all,\nthe deploy went wrong again.\n");
        found.push(...(await violations(page, "unknown")));
        await site.recover(LOG.replace("alembic upgrade head && python -m app.seed", "python reset_db.py && alembic upgrade head"));
        found.push(...(await violations(page, "reset script")));
        expect(found).toEqual([]);
      });
    });
  }
}
