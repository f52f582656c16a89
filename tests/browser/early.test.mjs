// What a reader does before the program runs, which on a slow phone comes seconds after the page: nothing of it is lost.
import { writeFileSync } from "node:fs";
import { dropFile } from "./drop.mjs";
import { expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");
const PROGRAM = /\/assets\/(site|workbench)-\w+_bg\.wasm$/;
const GOT_IT = "Got it. This page is still loading";

/** Opens a page and holds its program back; gives what lets it come. */
async function held({ site, page }, path = "/") {
  let letCome;
  const comes = new Promise((resolve) => (letCome = resolve));
  await page.route(PROGRAM, async (route) => {
    await comes;
    await route.continue();
  });
  await page.goto(site.baseURL + path, { waitUntil: "commit" });
  await site.heading.waitFor();
  return async () => {
    expect(await page.locator("html[data-hydrated]").count(), "the program did not run before").toBe(0);
    letCome();
    await site.hydrated();
  };
}

test("a log that is pasted is read when the program starts, and the page says that it will be", async ({ site, page }) => {
  const start = await held({ site, page });
  await expect(page.getByText(GOT_IT)).toBeHidden();
  await site.paste(LOG);
  await expect(page.getByText(GOT_IT)).toBeVisible();
  await start();
  await expect(site.happened).toContainText("users");
  await expect(site.happened).toBeFocused();
  await expect(site.box).toHaveValue("");
  await expect(page.getByText(GOT_IT)).toBeHidden();
});

test("it need not be pasted into the box", async ({ site, page }) => {
  const start = await held({ site, page });
  await site.allowClipboard();
  await page.evaluate((text) => navigator.clipboard.writeText(text), LOG);
  await page.keyboard.press("ControlOrMeta+V");
  await start();
  await expect(site.happened).toContainText("users");
});

test("a line that is typed is read once the typing pauses", async ({ site, page }) => {
  const start = await held({ site, page });
  await site.box.pressSequentially('relation "orders" already');
  await start();
  await site.box.pressSequentially(" exists");
  await expect(site.happened).toContainText("orders");
  await expect(site.box).toHaveValue("");
});

test("a line that is typed and asked for is read at once", async ({ site, page }) => {
  const start = await held({ site, page });
  await site.box.pressSequentially('relation "orders" already exists');
  await site.box.press("ControlOrMeta+Enter");
  await expect(page.getByText(GOT_IT)).toBeVisible();
  await start();
  await expect(site.happened).toContainText("orders");
});

for (const [how, give] of Object.entries({
  dropped: (site, path) => dropFile(site.page, path, site.heading),
  chosen: (site, path) => site.fileInput.setInputFiles(path),
})) {
  test(`a file that is ${how} is read`, async ({ site, page }, info) => {
    const path = info.outputPath("deploy.log");
    writeFileSync(path, LOG);
    const start = await held({ site, page });
    await give(site, path);
    expect(page.url()).toBe(`${site.baseURL}/`);
    await start();
    await expect(site.happened).toContainText("users");
  });
}

test("the clipboard is read by the tap itself", async ({ site, page }) => {
  const start = await held({ site, page });
  await site.allowClipboard();
  await page.evaluate((text) => navigator.clipboard.writeText(text), LOG);
  await page.getByRole("button", { name: "Paste log", exact: true }).click();
  await expect(page.getByText(GOT_IT)).toBeVisible();
  await page.evaluate(() => navigator.clipboard.writeText("something else"));
  await start();
  await expect(site.happened).toContainText("users");
});

test("a clipboard that is refused is said", async ({ site, page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.readText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  const start = await held({ site, page });
  await page.getByRole("button", { name: "Paste log", exact: true }).click();
  await start();
  await expect(page.getByRole("status").filter({ hasText: "does not let this page read the clipboard" })).toBeVisible();
});

test("what was seen can be chosen", async ({ site, page }) => {
  const start = await held({ site, page });
  await page.getByText("I can’t copy it").click();
  const choice = page.getByRole("button", { name: "permission denied / must be owner" });
  await choice.click();
  await choice.click();
  await start();
  await expect(site.plan("Give the right user its rights")).toBeVisible();
});

test("what is typed into other fields stays, and a password goes", async ({ site, page }) => {
  const start = await held({ site, page }, "/runbook");
  await page.getByLabel("Database name").fill("shop");
  await page.getByLabel("Database user or connection string").fill("postgresql://app:Pl4nted-S3cret@host/shop_db");
  await page.getByRole("checkbox", { name: /CURRENT_USER/ }).check();
  await start();
  await expect(page.getByLabel("Database user or connection string")).toHaveValue("app");
  await expect(page.getByLabel("Database name")).toHaveValue("shop_db");
  await expect(page.getByRole("checkbox", { name: /CURRENT_USER/ })).toBeChecked();
  expect(await site.traces()).not.toContain("Pl4nted-S3cret");
});

test("the guided run opens with its log", async ({ site, page }) => {
  const start = await held({ site, page }, "/training");
  await page.getByRole("link", { name: "Open the sample log" }).click();
  await start();
  await expect(page).toHaveURL(/\/#at=duplicate-table/);
  await expect(site.happened).toContainText("users");
});

test("of two logs the later one counts", async ({ site, page }) => {
  const start = await held({ site, page });
  await site.paste(LOG);
  await site.paste("ERROR [alembic.util.messaging] Multiple head revisions are present for given argument 'head'");
  await start();
  await expect(site.happened).toContainText(/head/);
  await expect(site.happened).not.toContainText("users");
});
