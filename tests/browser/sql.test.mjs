// The SQL on its own page: a tab for each text, the same bytes as the command-line program prints, deleting behind its gates.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRADICTION, DATA_QUESTION, DATABASE_QUESTION, Site, expect, logFile, test } from "./site.mjs";

const ROOT = join(import.meta.dirname, "../..");
const DISPOSABLE = /^No: test or demo data/;
const [USER, DATABASE] = ['we"ird', "app_db"];

/** Every tab in order: its label, its place in the address, the text's name on the command line, and what it can do. */
const TABS = [
  ["Look only", "look-only", "state", "Changes no data"],
  ["Practice (rolls back)", "practice", "rehearsal", "Changes no data"],
  ["Set aside", "set-aside", "move-aside", "Can be undone"],
  ["Undo set aside", "undo-set-aside", "undo-move-aside", "Can be undone"],
  ["Option A", "option-a", "option-a", "Deletes data"],
  ["Empty tables, keep schema", "empty-tables", "empty-in-place", "Deletes data"],
  ["Check it worked", "check-it-worked", "verify", "Changes no data"],
  ["Option A, original text", "original-text", "as-written", "Deletes data"],
];
const DELETING = TABS.filter(([, , , risk]) => risk === "Deletes data");
const LABELS = TABS.map(([label]) => label);

const tab = (page, label) => page.getByRole("tab", { name: label, exact: true });
const panel = (page, label) => page.getByRole("tabpanel", { name: label, exact: true });
const selected = (page) => page.getByRole("tab", { selected: true });
const userField = (page) => page.getByLabel("Database user or connection string");

/** What `runbook sql` prints. */
function printed(...args) {
  return execFileSync(join(ROOT, "x"), ["runbook", "sql", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** Gives both names. */
async function giveNames(page, user = USER, database = DATABASE) {
  await userField(page).fill(user);
  await page.getByLabel("Database name").fill(database);
}

/** Through both questions. */
async function answerBoth(site, within) {
  await site.answerData(DISPOSABLE, within);
  await site.confirmDatabase(DATABASE, within);
}

/** Through both questions and the ticks, where a text asks for them. */
async function openGates(site, within) {
  await answerBoth(site, within);
  await site.tickNeeded(within);
}

/** The bytes of a file the page hands over, and its name. */
async function downloaded(page, within) {
  const waiting = page.waitForEvent("download");
  await within.getByRole("button", { name: /^Save as/ }).click();
  const download = await waiting;
  return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
}

/** The address the page offers to send. */
async function link(page) {
  const field = page.getByLabel("Link", { exact: true });
  if (!(await field.isVisible())) await page.getByText("Send a link to this text").click();
  return field.inputValue();
}

test.describe("tabs", () => {
  test.beforeEach(({ site }) => site.open("/sql"));

  test("stand in order, and each says what its text can do", async ({ page }) => {
    await expect(page.getByRole("tab")).toHaveText(LABELS);
    await expect(selected(page)).toHaveText("Look only");
    for (const [label, place, , risk] of TABS) {
      await tab(page, label).click();
      await expect(page).toHaveURL(new RegExp(`/sql#${place}$`));
      await expect(page.getByRole("tabpanel")).toHaveCount(1);
      await expect(panel(page, label).getByRole("heading", { level: 2 })).toHaveText(`${label} ${risk}`);
    }
  });

  test("are one stop of the keyboard, and arrows, Home and End walk them", async ({ page }) => {
    const entries = await page.evaluate(() => history.length);
    await page.getByRole("checkbox", { name: /Remember these two names/ }).focus();
    await page.keyboard.press("Tab");
    await expect(tab(page, "Look only")).toBeFocused();
    for (const [key, label] of [
      ["ArrowRight", "Practice (rolls back)"],
      ["ArrowRight", "Set aside"],
      ["ArrowLeft", "Practice (rolls back)"],
      ["End", "Option A, original text"],
      ["ArrowRight", "Look only"],
      ["ArrowLeft", "Option A, original text"],
      ["Home", "Look only"],
      ["ArrowRight", "Practice (rolls back)"],
      [" ", "Practice (rolls back)"],
    ]) {
      await page.keyboard.press(key);
      await expect(tab(page, label)).toBeFocused();
      await expect(selected(page)).toHaveText(label);
      await expect(panel(page, label)).toBeVisible();
      await expect(page.getByRole("tab").and(page.locator('[tabindex="0"]'))).toHaveCount(1);
    }
    // The browser's own keys stay its own.
    await page.keyboard.press("Shift+ArrowRight");
    await expect(selected(page)).toHaveText("Practice (rolls back)");
    await page.keyboard.press("Tab");
    await expect(panel(page, "Practice (rolls back)")).toBeFocused();
    await expect(page).toHaveURL(/\/sql#practice$/);
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });

  test("are steps of the history, and stay after a reload", async ({ site, page }) => {
    await tab(page, "Set aside").click();
    await tab(page, "Check it worked").click();
    await page.reload();
    await site.hydrated();
    await expect(selected(page)).toHaveText("Check it worked");
    await page.goBack();
    await expect(selected(page)).toHaveText("Set aside");
    await page.goBack();
    await expect(selected(page)).toHaveText("Look only");
    await expect(page).toHaveURL(`${site.baseURL}/sql`);
    await page.goForward();
    await expect(panel(page, "Set aside")).toBeVisible();
    await page.goBack();
    await page.goForward();
    await page.goForward();
    await expect(panel(page, "Check it worked")).toBeVisible();
  });

  test("of one page leave those of another alone", async ({ site, page }) => {
    await tab(page, "Set aside").click();
    await page.getByRole("navigation", { name: "This site" }).getByRole("link", { name: "Fix" }).click();
    await expect(page).toHaveURL(`${site.baseURL}/`);
    await expect(page.getByRole("tab")).toHaveCount(0);
    await page.goBack();
    await expect(selected(page)).toHaveText("Set aside");
  });
});

for (const [label, place] of TABS) {
  test(`/sql#${place} opens ${label} and shows it`, async ({ site, page }) => {
    await site.open(`/sql#${place}`);
    await expect(selected(page)).toHaveText(label);
    await expect(panel(page, label).getByRole("heading", { level: 2 })).toBeInViewport();
    await expect(page).toHaveURL(`${site.baseURL}/sql#${place}`);
  });
}

test("the start page and the runbook lead here", async ({ site, page }) => {
  for (const path of ["/", "/runbook"]) {
    await site.open(path);
    await site.follow("/sql");
    await expect(site.heading).toHaveText("SQL, ready to run");
    await expect(page).toHaveTitle(/^SQL, ready to run · /);
    await site.hydrated();
  }
});

test.describe("every text", () => {
  // The first to ask may have to wait until the command-line program is built.
  test.describe.configure({ timeout: 600_000 });

  for (const [label, place, edition, risk] of TABS) {
    test(`${edition} is copied and saved as the command-line program prints it, without the last line end for the clipboard`, async ({ site, page }) => {
      await site.allowClipboard();
      await site.open(`/sql#${place}`);
      await giveNames(page);
      const here = panel(page, label);
      if (risk === "Deletes data") await openGates(site, here);
      if (edition === "rehearsal") await answerBoth(site, here);
      const expected = printed(edition, "--db-user", USER, "--database", DATABASE);
      await here.getByRole("button", { name: "Copy" }).first().click();
      await expect(here.getByText(`Copied for ${DATABASE}`)).toBeVisible();
      expect(await site.copied()).toBe(expected.replace(/\n$/, ""));
      expect(expected).toMatch(/\n$/);
      expect(await downloaded(page, here)).toEqual([`${place}-${DATABASE}.sql`, expected]);
      // What is shown is what is copied.
      const figure = here.locator("figure").first();
      expect((await figure.locator("pre").allTextContents()).join("")).toBe(expected);
    });
  }

  for (const [label, place, edition] of DELETING) {
    test(`${edition} is a file first, with the command that runs it`, async ({ site, page }) => {
      await site.allowClipboard();
      await site.open(`/sql#${place}`);
      await giveNames(page);
      const here = panel(page, label);
      await openGates(site, here);
      const file = `${place}-${DATABASE}.sql`;
      await expect(here.locator("figure").first().getByRole("button")).toHaveText([`Save as ${file}`, "Copy"]);
      await here.getByRole("button", { name: `Save as ${file}` }).click();
      await expect(here.getByRole("status").filter({ hasText: `Saved as ${file} for ${DATABASE}` })).toBeVisible();
      const command = here.getByRole("figure").filter({ hasText: `psql -X -v ON_ERROR_STOP=1 -f ${file}` });
      await command.getByRole("button", { name: "Copy" }).click();
      await command.getByRole("button", { name: "External host name of the database" }).click();
      await page.keyboard.type("dpg-x-a.example.com");
      await command.getByRole("button", { name: "Copy" }).click();
      await expect(command.getByRole("status")).toHaveText(`Copied for ${DATABASE}`);
      expect(await site.copied()).toBe(
        `psql -X -v ON_ERROR_STOP=1 -f ${file} -d 'postgresql://we%22ird@dpg-x-a.example.com/${DATABASE}?sslmode=require'`,
      );
    });
  }
});

test("a text that lacks a name says which, and one that is refused says why", async ({ site, page }) => {
  await site.open("/sql#set-aside");
  const here = panel(page, "Set aside");
  await expect(here).toContainText("Fill in first: the database user, the database name.");
  await expect(here.getByRole("button", { name: /Copy|Save as/ })).toHaveCount(0);
  await giveNames(page, "public");
  await expect(here).toContainText("public is not a user");
  await expect(here.getByRole("button", { name: /Copy|Save as/ })).toHaveCount(0);
  await giveNames(page);
  await expect(here.getByRole("button", { name: /^Save as/ })).toBeVisible();
});

test("who connects as the app's own user leaves the name out", async ({ site, page }) => {
  await site.open("/sql#option-a");
  await page.getByLabel("Database name").fill(DATABASE);
  await page.getByRole("checkbox", { name: /CURRENT_USER/ }).check();
  const here = panel(page, "Option A");
  await openGates(site, here);
  await expect(here).toContainText("GRANT ALL ON SCHEMA public TO CURRENT_USER;");
  await expect(here).not.toContainText("that role does not exist");
});

test("practice shows its lines that delete after the two answers, and asks for no ticks", async ({ site, page }) => {
  await site.open("/sql#practice");
  await giveNames(page);
  const here = panel(page, "Practice (rolls back)");
  const closed = async () => {
    expect(await site.html()).not.toMatch(/DROP SCHEMA|CASCADE;/);
    await expect(here.locator("figure")).toHaveCount(0);
    await expect(here.getByRole("button", { name: "Download" })).toHaveCount(0);
  };
  await closed();
  await site.answerData(DISPOSABLE, here);
  await closed();
  await site.confirmDatabase(DATABASE, here);
  await expect(here.locator("figure")).toContainText("DROP SCHEMA IF EXISTS public CASCADE;");
  await expect(here.getByRole("group", { name: /^Tick these first/ })).toHaveCount(0);
  await page.getByLabel("Database name").fill("another_db");
  await expect(site.question(DATA_QUESTION, here)).toBeVisible();
  await closed();
});

test.describe("a text that deletes data", () => {
  for (const [label, place, edition] of DELETING) {
    test(`${edition} is not there before its two answers and the ticks`, async ({ site, page }) => {
      await site.open(`/sql#${place}`);
      await giveNames(page);
      const here = panel(page, label);
      const closed = async () => {
        expect(await site.html()).not.toMatch(/DELETES DATA: everything|DROP SCHEMA|CASCADE;/);
        await expect(here.locator("figure")).toHaveCount(0);
        await expect(here.getByRole("button", { name: /^Save as/ })).toHaveCount(0);
      };
      await closed();
      await site.answerData(DISPOSABLE, here);
      await expect(site.question(DATABASE_QUESTION, here)).toBeVisible();
      await closed();
      await site.confirmDatabase(DATABASE, here);
      await expect(here).toContainText("Tick these first.");
      await closed();
      const boxes = here.getByRole("group", { name: /^Tick these first/ }).getByRole("checkbox");
      await expect(boxes).toHaveCount(3);
      for (const box of (await boxes.all()).slice(1)) await box.check();
      await closed();
      await boxes.first().check();
      await expect(here.locator("figure").first()).toContainText("DELETES DATA: everything");
      // Another name is another database: the answer was about this one.
      await page.getByLabel("Database name").fill("another_db");
      await expect(site.question(DATA_QUESTION, here)).toBeVisible();
      await closed();
    });
  }

  test("is asked about again where the name speaks of production", async ({ site, page }) => {
    await site.open("/sql#option-a");
    await giveNames(page, "app", "members_prod");
    const here = panel(page, "Option A");
    await site.answerData(DISPOSABLE, here);
    const database = site.question(DATABASE_QUESTION, here);
    await database.getByRole("textbox").fill("members_prod");
    await database.getByRole("button", { name: "This is the database" }).click();
    const again = site.question(CONTRADICTION, here);
    await expect(again).toContainText("You said: “No: test or demo data, nobody would miss it.”");
    await expect(again).toContainText("members_prod (“prod”)");
    await expect(here.getByRole("group", { name: /^Tick these first/ })).toHaveCount(0);
    await expect(here.locator("figure")).toHaveCount(0);
    await site.standBy(here);
    await site.tickNeeded(here);
    await expect(here.locator("figure").first()).toContainText("DELETES DATA: everything");
    // A name that comes later is asked about by itself.
    await page.getByLabel("Database name").fill("live_db");
    await site.answerData(DISPOSABLE, here);
    await database.getByRole("textbox").fill("live_db");
    await database.getByRole("button", { name: "This is the database" }).click();
    await expect(again).toContainText("live_db (“live”)");
    await expect(again).not.toContainText("members_prod");
    await expect(here.locator("figure")).toHaveCount(0);
    await site.answer(CONTRADICTION, /^Keep the data/, here);
    await expect(here).toContainText("With this answer nothing is deleted");
    expect(await site.html()).not.toContain("DROP SCHEMA");
  });

  test("has the milder one a tap away", async ({ site, page }) => {
    for (const [label, place] of DELETING) {
      await site.open(`/sql#${place}`);
      await panel(page, label).getByRole("link", { name: "Set it aside instead" }).click();
      await expect(selected(page)).toHaveText("Set aside");
    }
  });

  test("stays away for who needs the data, and for who is not sure", async ({ site, page }) => {
    await site.open("/sql#option-a");
    await giveNames(page);
    const here = panel(page, "Option A");
    await site.answerData(/^I don't know/, here);
    await expect(here).toContainText("With this answer nothing is deleted");
    await site.answerData(DISPOSABLE, here);
    await site.question(DATABASE_QUESTION, here).getByRole("button", { name: "I’m not sure" }).click();
    await expect(here).toContainText("With this answer nothing is deleted");
    expect(await site.html()).not.toContain("DROP SCHEMA");
  });

  test("asks again after a reload", async ({ site, page }) => {
    await site.open("/sql#option-a");
    await giveNames(page);
    await openGates(site, panel(page, "Option A"));
    await expect(panel(page, "Option A").locator("figure").first()).toContainText("COMMIT;");
    await page.reload();
    await site.hydrated();
    await expect(site.question(DATA_QUESTION, panel(page, "Option A"))).toBeVisible();
    expect(await site.html()).not.toContain("DROP SCHEMA");
  });
});

test("from the first screen two answers and one copy lead to a filled, safe Option A", async ({ site, page }) => {
  await site.allowClipboard();
  await page.addInitScript(() => {
    // Every press of a button: in a question it is an answer.
    window.pressed = [];
    addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) window.pressed.push(button.closest("section.question") ? "answer" : button.textContent);
    });
  });
  await site.open("/");
  await site.follow("/sql");
  await site.paste(`postgresql://app_user:S3cretPw@dpg-x-a/${DATABASE}`, userField(page));
  await tab(page, "Option A").click();
  const here = panel(page, "Option A");
  await openGates(site, here);
  await here.getByRole("button", { name: "Copy" }).first().click();
  await expect(here.getByText("Copied")).toBeVisible();
  const copied = await site.copied();
  expect(copied).toContain('GRANT ALL ON SCHEMA public TO "app_user";');
  expect(copied).toContain(`IF current_database() <> '${DATABASE}' THEN`);
  expect(await page.evaluate(() => window.pressed)).toEqual(["answer", "answer", "Copy"]);
});

test.describe("a link to a text", () => {
  /** Opens an address as another device does. */
  async function elsewhere(browser, site, address) {
    const page = await (await browser.newContext()).newPage();
    const other = new Site(page, site.baseURL);
    await other.watch();
    await page.goto(address);
    await other.hydrated();
    return other;
  }

  test("carries the tab, and no name", async ({ site, page, browser }) => {
    await site.open("/sql");
    await giveNames(page);
    expect(await link(page)).toBe(`${site.baseURL}/sql#look-only`);
    await tab(page, "Undo set aside").click();
    const address = await link(page);
    expect(address).toBe(`${site.baseURL}/sql#undo-set-aside`);
    const other = await elsewhere(browser, site, address);
    await expect(selected(other.page)).toHaveText("Undo set aside");
    await expect(userField(other.page)).toHaveValue("");
    expect(other.problems).toEqual([]);
    await other.page.context().close();
  });

  test("carries the names only when chosen; they are filled in with a notice, and opens no gate", async ({ site, page, browser }) => {
    await site.open("/sql#option-a");
    await giveNames(page);
    await openGates(site, panel(page, "Option A"));
    await link(page);
    await page.getByRole("checkbox", { name: "Put the names of user and database into the link too" }).check();
    const address = await link(page);
    expect(address).toBe(`${site.baseURL}/sql#option-a&user=we%22ird&database=app_db`);
    const other = await elsewhere(browser, site, address);
    await expect(userField(other.page)).toHaveValue(USER);
    await expect(other.page.getByLabel("Database name")).toHaveValue(DATABASE);
    await expect(other.page.getByRole("status").filter({ hasText: "come from the link you opened" })).toBeInViewport();
    await expect(site.question(DATA_QUESTION, panel(other.page, "Option A"))).toBeVisible();
    expect(await other.html()).not.toContain("DROP SCHEMA");
    await expect(other.page).toHaveURL(`${site.baseURL}/sql#option-a`);
    expect(await other.page.evaluate(() => location.href + JSON.stringify(history.state))).not.toContain(DATABASE);
    expect(other.problems).toEqual([]);
    await other.page.context().close();
  });

  test("that names another database closes what was confirmed for this one", async ({ site, page }) => {
    await site.open("/sql#option-a");
    await giveNames(page);
    await openGates(site, panel(page, "Option A"));
    await page.evaluate(() => (location.hash = "option-a&database=another_db"));
    await expect(page.getByLabel("Database name")).toHaveValue("another_db");
    await expect(userField(page)).toHaveValue(USER);
    await expect(site.question(DATA_QUESTION, panel(page, "Option A"))).toBeVisible();
    expect(await site.html()).not.toContain("DROP SCHEMA");
  });

  for (const rubbish of ["at=duplicate-table&q.data=disposable", "%", "look-only=x", "x=<script>alert(1)</script>"]) {
    test(`that is none is left out: ${rubbish}`, async ({ site, page }) => {
      await site.open(`/sql#${rubbish}`);
      await expect(page.getByText("The address holds something this page does not know.")).toBeVisible();
      await expect(page).toHaveURL(`${site.baseURL}/sql`);
      await expect(selected(page)).toHaveText("Look only");
    });
  }
});

test("a secret in the address, a field or a paste ends nowhere", async ({ site, page }) => {
  const secret = "Pl4nted-S3cret";
  const url = `postgresql://app_user:${secret}@dpg-x-a/${DATABASE}`;
  await site.open(`/sql#look-only&user=${encodeURIComponent(url)}&database=${encodeURIComponent(url)}&password=${secret}`);
  await expect(page).toHaveURL(`${site.baseURL}/sql#look-only`);
  await expect(userField(page)).toHaveValue("");
  await site.paste(url, userField(page));
  await expect(userField(page)).toHaveValue("app_user");
  await site.paste(url, page.getByLabel("Database name"));
  await expect(page.getByLabel("Database name")).toHaveValue(DATABASE);
  await link(page);
  await page.getByRole("checkbox", { name: "Put the names of user and database into the link too" }).check();
  for (const [label] of TABS) {
    await tab(page, label).click();
    expect(await site.traces(), label).not.toContain(secret);
  }
  await page.keyboard.press("ControlOrMeta+Z");
  expect(await site.traces()).not.toContain(secret);
  await page.evaluate((secret) => (location.hash = `password=${secret}`), secret);
  await expect(page).toHaveURL(`${site.baseURL}/sql`);
  expect(await site.traces()).not.toContain(secret);
  for (const request of site.requests) expect(request.url() + (request.postData() ?? "")).not.toContain(secret);
});

test("each text says when and on which servers it was last proven", async ({ site, page }) => {
  const proof = readFileSync(join(ROOT, "content/proof.toml"), "utf8");
  const [, date] = /^date = "(\d{4}-\d\d-\d\d)"$/m.exec(proof);
  const servers = JSON.parse(/^servers = (\[.+\])$/m.exec(proof)[1]);
  await site.open("/sql");
  for (const [label, , edition] of TABS) {
    await tab(page, label).click();
    const cells = [...proof.matchAll(new RegExp(`edition = "${edition}".*as_expected = (\\[.+\\]) }`, "g"))];
    const checks = cells.flatMap(([, each]) => JSON.parse(each)).reduce((sum, each) => sum + each, 0);
    expect(checks).toBeGreaterThan(0);
    await expect(panel(page, label)).toContainText(
      `Last proven on ${date}, on PostgreSQL ${servers.join(", ")}: ${checks} checks, and every one passed.`,
    );
    await expect(panel(page, label).getByRole("link", { name: "What was tested" })).toHaveAttribute("href", `/proof#${edition}`);
  }
  await panel(page, "Option A, original text").getByRole("link", { name: "What was tested" }).click();
  await expect(page.locator("#as-written")).toBeInViewport();
});

test("what a text printed can be pasted below it", async ({ site, page }) => {
  await site.open("/sql#set-aside");
  await giveNames(page);
  const here = panel(page, "Set aside");
  await here.getByText("Paste what it printed").click();
  await site.paste(logFile("../answers/pg17/move-aside.committed.txt"), here.getByRole("textbox", { name: "Paste what it printed" }));
  await expect(here).toContainText("It worked.");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 800 } });

  test("nothing is wider than the window, and the reasons come below each line on request", async ({ site, page }) => {
    await site.open("/sql");
    await giveNames(page, "a".repeat(63), "b".repeat(63));
    for (const [label] of TABS) {
      await tab(page, label).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), label).toBeLessThanOrEqual(360);
    }
    await tab(page, "Set aside").click();
    const here = panel(page, "Set aside");
    const why = here.getByText("One transaction: either everything happens or nothing.");
    await expect(why).toBeHidden();
    const button = here.getByRole("button", { name: "Why each line is there" });
    await expect(button).toHaveAttribute("aria-expanded", "false");
    await button.click();
    await expect(button).toHaveAttribute("aria-expanded", "true");
    const [reason, line] = await Promise.all([why.boundingBox(), here.getByText("BEGIN;", { exact: true }).boundingBox()]);
    expect(reason.y).toBeGreaterThan(line.y);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    for (const each of await page.getByRole("tab").all()) {
      expect((await each.boundingBox()).height).toBeGreaterThanOrEqual(44);
    }
  });
});

test.describe("on a desk", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("the reason stands beside its line", async ({ site, page }) => {
    await site.open("/sql#set-aside");
    await giveNames(page);
    const here = panel(page, "Set aside");
    const why = here.getByText("One transaction: either everything happens or nothing.");
    const [reason, line] = await Promise.all([why.boundingBox(), here.getByText("BEGIN;", { exact: true }).boundingBox()]);
    expect(reason.x).toBeGreaterThan(line.x + line.width - 1);
    expect(Math.abs(reason.y - line.y)).toBeLessThan(8);
    await expect(here.getByRole("button", { name: "Why each line is there" })).toBeHidden();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("every text that needs no name and no answer can be read, and the rest is said", async ({ site, page }) => {
    await site.read("/sql");
    expect(await site.text()).toContain("Your names are filled in by JavaScript");
    for (const [label, place, , risk] of TABS) {
      const here = page.locator(`#${place}`);
      await expect(here.getByRole("heading", { level: 2 })).toHaveText(`${label} ${risk}`);
      const asks = (await here.innerText()).includes("This text deletes data. It is shown after two questions");
      expect(asks, label).toBe(risk === "Deletes data");
    }
    expect(await page.locator("#practice").innerText()).toContain("This text holds the lines that delete data, and takes them back.");
    for (const [, place, edition] of TABS.filter(([, , edition]) => ["state", "verify"].includes(edition))) {
      const shown = (await page.locator(`#${place} figure pre`).allTextContents()).join("");
      expect(shown).toBe(printed(edition));
      await expect(page.locator(`#${place} figure pre`).first()).toBeVisible();
    }
    await tab(page, "Check it worked").click();
    await expect(page.locator("#check-it-worked")).toBeInViewport();
    expect(await site.html()).not.toContain("DROP SCHEMA");
  });
});
