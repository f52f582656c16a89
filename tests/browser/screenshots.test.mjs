// Every state of the page: none is wider than its window. `./x screenshots` also takes their pictures, in both themes, into
// screenshots/ (not in Git) for people to look at, and those few that README shows into docs/screenshots/ (in Git).
import { join } from "node:path";
import { expect, logFile, test } from "./site.mjs";

const FOLDER = join(import.meta.dirname, "../../screenshots");
const FOR_README = join(import.meta.dirname, "../../docs/screenshots");
const PICTURES = process.env.RUNBOOK_PICTURES !== undefined;
const SIZES = [
  { width: 360, height: 640 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

for (const viewport of SIZES) {
  for (const colorScheme of ["light", "dark"]) {
    test.describe(() => {
      test.use({ viewport, colorScheme });

      test(`every state at ${viewport.width} px, ${colorScheme}`, async ({ site, page }) => {
        const take = async (state) => {
          if (PICTURES) {
            const path = join(FOLDER, `${viewport.width}-${colorScheme}-${state}.png`);
            // From the top, or the bar stands in the middle of the picture.
            await page.evaluate(() => scrollTo(0, 0));
            await page.screenshot({ path, fullPage: true, animations: "disabled" });
          }
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect.soft(width, `${state} is wider than the window`).toBeLessThanOrEqual(viewport.width);
        };
        await site.openMissing("/nothing");
        await take("404");
        for (const [state, path] of Object.entries({ errors: "/errors", error: "/errors/postgres/duplicate-relation", accuracy: "/accuracy" })) {
          await site.read(path);
          await take(state);
        }
        await site.open("/runbook");
        await take("runbook");
        await site.open("/guards");
        await page.getByLabel("ALLOW_DB_RESET", { exact: true }).fill("true");
        await page.getByText("another word for yes", { exact: false }).first().waitFor();
        await take("guards");
        await site.open("/training");
        await take("training");
        await page.locator(".term > a").first().click();
        await page.locator("summary").filter({ hasText: "The new login" }).click();
        const part = page.locator("details.exercise[open]");
        await part.getByRole("radio", { name: /not allowed to do this/ }).check();
        await part.getByRole("radio", { name: /psycopg2.*must be owner/ }).first().check();
        await part.getByRole("radio", { name: /^Option A/ }).check();
        await part.getByRole("button", { name: "Check my answer" }).click();
        await part.getByRole("heading", { name: /^Failed/ }).waitFor();
        await take("training-graded");
        await site.open("/");
        await take("start");
        await site.paste(logFile("render/render-014.log"));
        await site.happened.waitFor();
        await take("result");
        await site.answerData(/^No: test or demo data/);
        await site.question(/certainly the database/).waitFor();
        await take("question");
        await site.confirmDatabase("true911_prod_db");
        await site.plan(/^Option A/).waitFor();
        await take("plan");
        await site.tickNeeded();
        await site.result.getByText("Record and handover").click();
        await site.result.getByRole("group", { name: "The card" }).waitFor();
        await take("record");
      });
    });
  }
}

// One screen each, small enough for a README.
for (const [name, options] of Object.entries({
  phone: { viewport: { width: 360, height: 640 }, colorScheme: "light" },
  desk: { viewport: { width: 1120, height: 640 }, colorScheme: "dark" },
})) {
  test.describe(() => {
    test.use(options);

    test(`two pictures for README, ${name}`, async ({ site, page }, info) => {
      const folder = PICTURES ? FOR_README : info.outputDir;
      const take = (state) => page.screenshot({ path: join(folder, `${name}-${state}.png`), animations: "disabled", caret: "hide" });
      await site.open("/");
      const start = await take("start");
      await site.paste(logFile("render/render-014.log"));
      await expect(site.happened).toBeInViewport();
      const result = await take("result");
      for (const picture of [start, result]) expect(picture.length).toBeLessThan(150_000);
    });
  });
}
