// The page of the guards: every combination, an env file that leaves no trace, the module as it is in the repository.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./site.mjs";

const MODULE = join(import.meta.dirname, "../../content/guards/reference");
const FILES = readdirSync(MODULE, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py") && readFileSync(join(MODULE, name)).length > 0);

/** What an env file holds besides: none of it may be found anywhere afterwards. */
const SECRETS = ["hunter2-pa55", "sk_live_planted", "QUJDREVG", "PLANTED_NAME"];
const SECRET_LINES = `DATABASE_URL=postgresql://app:${SECRETS[0]}@dpg-x-a/app\nSTRIPE_KEY=${SECRETS[1]}\nKEY=${SECRETS[2]}==\n${SECRETS[3]}=1\n`;

class Guards {
  constructor(page) {
    this.page = page;
    this.answer = page.getByText(/^Reset script would (RUN|REFUSE)/);
    this.box = page.getByLabel(/^Lines NAME=VALUE/);
    this.file = page.getByLabel("Choose a file (read byte for byte)");
    this.said = page.locator(".env__said");
    this.own = page.locator("#truth-table [aria-current]");
  }

  field(name) {
    return this.page.getByLabel(name, { exact: true });
  }

  notSet(name) {
    return this.page.getByRole("button", { name: `${name}: Not set` });
  }

  async choose(bytes) {
    await this.file.setInputFiles({ name: "env", mimeType: "text/plain", buffer: Buffer.from(bytes) });
  }
}

test.beforeEach(async ({ site, page, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  await site.open("/guards");
  page.guards = new Guards(page);
});

test("the row of the reader's own values is marked, in words too", async ({ page }) => {
  const { guards } = page;
  const rows = page.locator("#truth-table tbody tr");
  await expect(rows).toHaveText([/^exactly demoexactly 1RUN/, /^exactly demoanything else.*REFUSE/, /^anything else.*exactly 1REFUSE/, /^anything else.*anything else.*REFUSE/]);
  const marked = async (index, word) => {
    await expect(guards.own).toHaveCount(1);
    await expect(rows.nth(index)).toHaveAttribute("aria-current", "true");
    await expect(rows.nth(index)).toContainText("Your values");
    await expect(page.getByText("Your values")).toHaveCount(1);
    await expect(guards.answer).toContainText(`would ${word}`);
  };
  await marked(3, "REFUSE");
  await guards.field("APP_MODE").fill("demo");
  await marked(1, "REFUSE");
  await guards.field("ALLOW_DB_RESET").fill("1");
  await marked(0, "RUN");
  await guards.field("APP_MODE").fill("Demo");
  await marked(2, "REFUSE");
  await guards.notSet("ALLOW_DB_RESET").click();
  await marked(3, "REFUSE");
  await expect(page.getByText("Do not set them on production.")).toBeVisible();
});

test("a value that is nearly right is refused and explained", async ({ page }) => {
  const { guards } = page;
  await guards.field("ALLOW_DB_RESET").fill("1");
  for (const [value, why] of [["Demo", "capital letters"], ["demo ", "white space"], ['"demo"', "quotes"], ["d\u0435mo", "only looks the same"], ["ｄｅｍｏ", "full-width"], ["", "set to nothing"], ["demonstration", "more before or after"], ["de\u200Bmo", "invisible"]]) {
    await guards.field("APP_MODE").fill("x");
    await guards.field("APP_MODE").fill(value);
    await expect(guards.answer).toContainText("REFUSE");
    await expect(page.locator("#guards-0-note")).toContainText(why);
  }
  await guards.field("APP_MODE").fill("demo");
  await expect(guards.answer).toContainText("RUN");
  for (const [value, why] of [["true", "another word for yes"], ["01", "zeros"], ["１", "full-width"], ["1 ", "white space"], ["l", "only looks the same"]]) {
    await guards.field("ALLOW_DB_RESET").fill(value);
    await expect(guards.answer).toContainText("REFUSE");
    await expect(page.locator("#guards-1-note")).toContainText(why);
  }
});

test("an env file is judged and leaves no trace", async ({ site, page }) => {
  const { guards } = page;
  await site.allFetched();
  const [requests, before] = [site.requests.length, page.url()];
  const entries = await page.evaluate(() => history.length);
  // What the clipboard held stays there; it is not the page's.
  await site.paste(`${SECRET_LINES}APP_MODE=demo\nALLOW_DB_RESET=1\n`, guards.box);
  await expect(guards.answer).toContainText("RUN");
  await expect(guards.said).toContainText("6 variables read.");
  await expect(guards.box).toHaveValue("");
  await guards.choose(`${SECRET_LINES}APP_MODE=${SECRETS[0]}\nALLOW_DB_RESET=1\n`);
  await expect(guards.answer).toContainText("REFUSE");
  await expect(page.locator("#guards-0-note")).toHaveText("set, but not exactly demo");
  // Typed or put there by something that sends no paste: gone with the first line, or when the box is left.
  await guards.box.fill(`${SECRET_LINES}ALLOW_DB_RESET=${SECRETS[1]}`);
  await expect(guards.said).toContainText("5 variables read.");
  await guards.box.fill(`APP_MODE=${SECRETS[2]}`);
  await guards.box.blur();
  await expect(guards.said).toContainText("1 variable read.");
  // Refused: a name set twice, no NAME=VALUE at all, another form.
  for (const text of [`${SECRET_LINES}${SECRETS[3]}=2\n`, `${SECRETS[0]}\n${SECRETS[1]}\n`, `${SECRETS[2]} APP_MODE: ${SECRETS[0]}\n`]) {
    await guards.choose(text);
    await expect(guards.said).toContainText("nothing can be said");
  }
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const traces = await site.traces();
  for (const secret of SECRETS) expect(traces).not.toContain(secret);
  expect(page.url()).toBe(before);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  const sent = site.requests.slice(requests).map((request) => `${request.method()} ${request.url()} ${request.postData() ?? ""}`);
  expect(sent.filter((line) => !/^GET [^?#]* $/.test(line) || SECRETS.some((secret) => line.includes(secret)))).toEqual([]);
  // What is kept would be seen.
  await guards.field("APP_MODE").fill(SECRETS[0]);
  expect(await site.traces()).toContain(SECRETS[0]);
});

test("what cannot be told is not said", async ({ page }) => {
  const { guards } = page;
  await guards.choose("APP_MODE=demo\nALLOW_DB_RESET=1\n");
  await expect(guards.answer).toContainText("RUN");
  for (const [text, why] of [
    ["APP_MODE=demo\nA=1\nAPP_MODE=demo\n", "line 3 sets APP_MODE again that line 1 has set"],
    ["A=1\nA=2\n", "line 2 sets a name again that line 1 has set"],
    ["APP_MODE\ndemo\nALLOW_DB_RESET\n1\n", "Line 1 names APP_MODE, but not in the form NAME=VALUE"],
    ["X=1\nallow_db_reset: 1\n", "Line 2 names ALLOW_DB_RESET, but not"],
    ["hello\n", "No line has the form NAME=VALUE"],
    ["", "No line has the form NAME=VALUE"],
  ]) {
    await guards.choose(text);
    await expect(guards.said, text).toContainText(why);
    // The last verdict stands; it is not replaced by a guess.
    await expect(guards.answer).toContainText("RUN");
  }
  await guards.file.setInputFiles({ name: "env", mimeType: "text/plain", buffer: Buffer.alloc(1_000_001, "A=1\n") });
  await expect(guards.said).toContainText("could not be read, or is too large");
});

test("Windows line ends: a file's own count, the clipboard's are not taken for the file's", async ({ page }) => {
  const { guards } = page;
  const text = "APP_MODE=demo\r\nALLOW_DB_RESET=1\r\n";
  await guards.choose(text);
  await expect(guards.answer).toContainText("REFUSE");
  await expect(page.locator("#guards-0-note")).toContainText("carriage return");
  await guards.box.evaluate((box, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(guards.answer).toContainText("RUN");
  await expect(guards.said).toContainText("Windows line ends");
});

test("a file dropped on the box is read", async ({ page }) => {
  const { guards } = page;
  await guards.box.evaluate((box) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["APP_MODE=demo\nALLOW_DB_RESET=1\n"], ".env"));
    box.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(guards.answer).toContainText("RUN");
});

// The 182 pairs without those that hold a line end, which no line of a file can: tests/guards.rs has all of them.
test("of each pair one is allowed, and each value gets its fixed words", async ({ page }) => {
  const { guards } = page;
  const modes = [undefined, "", "demo", "Demo", "DEMO", " demo", "demo ", '"demo"', "demonstration", "not-demo", "prod", "production", "d\u0435mo"];
  const allows = [undefined, "", "1", "0", "true", "yes", "on", "01", "1 ", " 1", '"1"', "１"];
  const words = (value, exactly) => (value === undefined ? "not set" : value === exactly ? `set to exactly ${exactly}` : `set, but not exactly ${exactly}`);
  const running = [];
  let count = 1;
  for (const mode of modes) {
    for (const allow of allows) {
      // So many other variables that what is said differs each time.
      const others = Array.from({ length: (count += 1) }, (_, index) => `X${index}=1`);
      const pair = Object.entries({ APP_MODE: mode, ALLOW_DB_RESET: allow }).filter(([, value]) => value !== undefined);
      await guards.choose([...others, ...pair.map(([name, value]) => `${name}=${value}`)].join("\n"));
      await expect(guards.said).toContainText(`${count + pair.length} variables read.`);
      await expect(page.locator("#guards-0-note")).toContainText(words(mode, "demo"));
      await expect(page.locator("#guards-1-note")).toContainText(words(allow, "1"));
      if ((await guards.answer.innerText()).includes("RUN")) running.push([mode, allow]);
    }
  }
  expect(running).toEqual([["demo", "1"]]);
});

test("all of it by keyboard", async ({ page }) => {
  const { guards } = page;
  await page.locator("#main").focus();
  const reached = [];
  for (let presses = 0; presses < 60 && !reached.at(-1)?.startsWith("Download test_db_check.py"); presses += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.textContent || document.activeElement.type));
    if (reached.at(-1) === "guards-0") await page.keyboard.type("demo");
    if (reached.at(-1) === "guards-1") await page.keyboard.type("1");
    if (reached.at(-1) === "env") await expect(guards.answer).toContainText("RUN");
  }
  expect(reached).toEqual(expect.arrayContaining(["guards-0", "APP_MODE: Not set", "guards-1", "ALLOW_DB_RESET: Not set", "env", "file", "Read reset_db.py", "Download reset_db.py"]));
  await guards.notSet("APP_MODE").focus();
  await page.keyboard.press("Enter");
  await expect(guards.answer).toContainText("REFUSE");
});

test("every file of the module is listed, read with one click and downloaded byte for byte", async ({ site, page, context }) => {
  const links = await page.getByRole("link", { name: /^Download / }).evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.download]));
  expect(links.map(([href]) => href).sort()).toEqual(FILES.map((name) => `/guards/reference/${name}.txt`).sort());
  for (const [href, name] of links) {
    const original = readFileSync(join(MODULE, href.slice("/guards/reference/".length, -".txt".length)));
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`a[download][href="${href}"]`).click()]);
    expect(download.suggestedFilename()).toBe(name);
    expect(readFileSync(await download.path()).equals(original), href).toBe(true);
    const response = await page.request.get(site.baseURL + href);
    expect(response.headers()["content-type"], href).toMatch(/^text\/plain/);
    expect(response.headers()["cache-control"], href).toBe("no-cache");
    // However a browser reads the letters, they are these.
    expect(original.every((byte) => byte < 128), href).toBe(true);
  }
  const [tab] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: /^Read reset_guard\.py/ }).click()]);
  await expect(tab.locator("body")).toContainText("def stop_unless_allowed(");
});

test("after one visit the module is read without a network", async ({ site, page, context }) => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await context.setOffline(true);
  const response = await site.read("/guards/reference/app/reset_guard.py.txt");
  expect(await response.body()).toEqual(readFileSync(join(MODULE, "app/reset_guard.py")));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ site }) => site.read("/guards"));

  test("the table, the examples, the words and the downloads are there", async ({ page }) => {
    await expect(page.locator("#truth-table tbody tr")).toHaveCount(4);
    const examples = page.getByRole("table", { name: "Examples" });
    for (const text of ["Demo", "demo[space]", '"demo"', "d[U+0435]mo", "[U+FF11]", "true", "1[line end]"]) await expect(examples.getByText(text, { exact: true }).first()).toBeVisible();
    for (const text of ["another word for yes", "wrapped in quotes", "white space before or after", "only looks the same"]) await expect(examples).toContainText(text);
    await expect(page.locator(".env__said")).toHaveClass(/hidden/);
    await expect(examples.getByText("RUN", { exact: true })).toHaveCount(1);
    await expect(page.getByText("CONFIRM_RESET_DB")).toBeVisible();
    await expect(page.getByRole("link", { name: /^Download / })).toHaveCount(FILES.length);
  });
});
