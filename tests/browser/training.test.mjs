// The training: what to read first, the guided run, practice with answers that are graded, and words explained where they stand.
import { TABLES_QUESTION, expect, test } from "./site.mjs";

const LATER = /\/assets\/later-\w+\.postcard$/;
const TWO_HEADS = "Two pull requests in one afternoon";

/** One exercise of the page, opened. */
async function exercise(page, title) {
  const part = page.getByRole("group").filter({ has: page.getByRole("heading", { name: title }) });
  await part.getByRole("heading", { name: title }).click();
  return part;
}

async function attempt(part, { happened, line, way }) {
  await part.getByRole("group", { name: "What happened?" }).getByRole("radio", { name: happened }).check();
  await part.getByRole("group", { name: "Which line says so?" }).getByRole("radio", { name: line }).check();
  await part.getByRole("group", { name: "What to do?" }).getByRole("radio", { name: way }).check();
  await part.getByRole("button", { name: "Check my answer" }).click();
}

const RIGHT = { happened: "There are two last migrations.", line: /FAILED: Multiple head/, way: /^Join the two lines/ };

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("all of it can be read, and says what does not work", async ({ site, page }) => {
    await site.read("/training");
    for (const name of ["Start here (10 minutes)", "What alembic_version is", "What CASCADE destroys", "Practice", "Words"]) {
      await expect(page.getByRole("heading", { name })).toBeVisible();
    }
    expect(await site.text()).toContain("your answers cannot be checked");
    await page.getByRole("heading", { name: TWO_HEADS }).click();
    await expect(page.getByText("Two pull requests with one migration each")).toBeVisible();
  });

  test("a word leads to its place in the list", async ({ site, page }) => {
    await site.read("/runbook");
    await site.runbook.getByRole("link", { name: "idempotent" }).click();
    await expect(page).toHaveURL(`${site.baseURL}/training#term-idempotent`);
    await expect(page.locator("#term-idempotent")).toBeInViewport();
  });
});

test.describe("practice", () => {
  test.beforeEach(({ site }) => site.open("/training"));

  test("a right answer passes, and focus goes to how it did", async ({ page }) => {
    const part = await exercise(page, TWO_HEADS);
    await attempt(part, RIGHT);
    await expect(part.getByRole("heading", { name: "All of it is right." })).toBeFocused();
    await expect(part).toContainText("Both migrations name the same one before them");
  });

  test("a wrong answer is named, with the right one", async ({ page }) => {
    const part = await exercise(page, TWO_HEADS);
    await attempt(part, { ...RIGHT, happened: "Two migrations ran at the same time.", line: /Context impl/ });
    await expect(part.getByRole("heading", { name: /^Not yet\./ })).toBeFocused();
    const told = part.getByRole("definition");
    await expect(told.nth(0)).toContainText("Wrong. There are two last migrations.");
    await expect(told.nth(1)).toContainText(/^Wrong\. Line \d+: .*Multiple head revisions/);
    await expect(told.nth(2)).toContainText(/^Right\./);
    await attempt(part, RIGHT);
    await expect(part.getByRole("heading", { name: "All of it is right." })).toBeFocused();
  });

  test("deleting data where that is wrong fails, whatever else is right", async ({ page }) => {
    for (const title of [TWO_HEADS, "The new login", "Somebody tidied up"]) {
      const part = await exercise(page, title);
      const choices = { [TWO_HEADS]: RIGHT, "The new login": { happened: /not allowed to do this/, line: /^\d+ psycopg2.*must be owner/ } }[title] ?? {
        happened: /A table that should be there/,
        line: /^\d+ psycopg2.*does not exist/,
      };
      await attempt(part, { ...choices, way: /^Option A/ });
      await expect(part.getByRole("heading", { name: "Failed: this would have deleted data, and here that is wrong." })).toBeFocused();
    }
  });

  test("where the data is made anew every night, deleting it is right", async ({ page }) => {
    const part = await exercise(page, "The demo of last week");
    await attempt(part, { happened: /creates something that is already there/, line: /^\d+ asyncpg.*already exists/, way: /^Option A/ });
    await expect(part.getByRole("heading", { name: "All of it is right." })).toBeFocused();
    await expect(part).toContainText("No: test or demo data, nobody would miss it.");
  });

  test("the first exercises do not end with deleting data", async ({ page }) => {
    const first = await page.locator("details.exercise > summary").allTextContents();
    expect(first.slice(0, 3)).toEqual(["The new login", "The file that stayed at home", TWO_HEADS]);
  });

  test("nothing is graded before all is chosen", async ({ page }) => {
    const part = await exercise(page, TWO_HEADS);
    await part.getByRole("radio", { name: RIGHT.happened }).check();
    await part.getByRole("button", { name: "Check my answer" }).click();
    await expect(part.getByRole("status")).toContainText("Choose one in each");
    await expect(part.getByRole("heading", { name: "All of it is right." })).toHaveCount(0);
  });

  test("the keyboard alone is enough", async ({ page }) => {
    await page.locator("summary").filter({ hasText: TWO_HEADS }).focus();
    await page.keyboard.press("Enter");
    const part = page.getByRole("group").filter({ has: page.getByRole("heading", { name: TWO_HEADS }) });
    for (const [group, choice] of Object.entries({ "What happened?": RIGHT.happened, "Which line says so?": RIGHT.line, "What to do?": RIGHT.way })) {
      await page.keyboard.press("Tab");
      const radio = part.getByRole("group", { name: group }).getByRole("radio", { name: choice });
      await page.keyboard.press("Space");
      for (let step = 0; step < 20 && !(await radio.isChecked()); step += 1) await page.keyboard.press("ArrowDown");
      await expect(radio).toBeFocused();
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(part.getByRole("heading", { name: "All of it is right." })).toBeFocused();
  });
});

test("the guided run opens the real first page with the sample log read", async ({ site, page }) => {
  await site.open("/training");
  await page.getByRole("link", { name: "Open the sample log" }).click();
  await expect(site.happened).toBeFocused();
  await expect(page).toHaveURL(/\/#at=duplicate-table/);
  await expect(site.result).toContainText('relation "users" already exists');
  await site.answer(TABLES_QUESTION, /^All match/);
  await expect(site.plan(/^Mark migrations as already applied/)).toBeVisible();
  // Back walks the answer first, then the log, then the page as it was.
  for (let steps = 0; steps < 3; steps += 1) await page.goBack();
  await page.getByText("Where it should end, and why").click();
  await expect(page.getByText("Nothing is lost: the record").or(page.getByText("The tables are right and the note is wrong"))).toBeVisible();
});

test.describe("a word in the runbook", () => {
  const fetched = (site) => site.fetched().filter((url) => LATER.test(url)).length;

  for (const path of ["/runbook", "/training"]) {
    test(`is explained where it stands on ${path}, by a tap, and hidden by another or Escape`, async ({ site, page }) => {
      await site.open(path);
      const word = page.getByRole("main").getByRole("link", { name: "idempotent", exact: true }).or(page.getByRole("link", { name: "alembic_version", exact: true })).first();
      const meaning = page.getByRole("status").filter({ hasText: /the same effect as doing it once|one row: the revision/ });
      await word.click();
      await expect(meaning).toBeVisible();
      await expect(word).toHaveAttribute("aria-expanded", "true");
      await expect(page).toHaveURL(site.baseURL + path);
      await word.click();
      await expect(meaning).toHaveCount(0);
      await word.press("Enter");
      await expect(meaning).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(meaning).toHaveCount(0);
      await expect(word).toBeFocused();
      expect(fetched(site)).toBe(1);
    });
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test("nothing is wider than the window", async ({ site, page }) => {
    await site.open("/training");
    for (const summary of await page.locator("details > summary").all()) await summary.click();
    for (const part of await page.locator("details.exercise").all()) {
      for (const group of await part.getByRole("group").all()) await group.getByRole("radio").first().check();
      await part.getByRole("button", { name: "Check my answer" }).click();
    }
    await expect(page.locator(".grade")).toHaveCount(await page.locator("details.exercise").count());
    for (const word of await page.locator(".term > a").all()) await word.press("Enter");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
