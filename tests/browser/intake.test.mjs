// What goes into the box: logs by every way, and whatever else people paste, drop or choose.
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dropFile } from "./drop.mjs";
import { TOOL_QUESTION, bigLog, expect, logFile, test } from "./site.mjs";

const LOG = logFile("render/render-014.log");

/** Bytes that are no text, the same every time. */
function garbage(length) {
  let state = 1;
  return Buffer.from(Array.from({ length }, () => (state = (state * 48271) % 2147483647) & 0xff));
}

const file = (buffer, name = "deploy.log") => ({ name, mimeType: "text/plain", buffer: Buffer.from(buffer) });

test.beforeEach(({ site }) => site.open("/"));

test("nothing at all gets a hint", async ({ site, page }) => {
  for (const nothing of [" ", "\n \t\n"]) {
    await site.paste(nothing);
    await expect(page.getByRole("status").filter({ hasText: "There was nothing to read." })).toBeVisible();
  }
  await site.fileInput.setInputFiles(file(""));
  await expect(page.getByRole("status").filter({ hasText: "There was nothing to read." })).toBeVisible();
  await expect(site.result).toHaveCount(0);
});

test("a compressed file is named, with what to do", async ({ site, page }) => {
  for (const [name, packed, command] of [["deploy.log.gz", gzipSync(LOG), "gunzip -c"], ["logs.zip", "PK\x03\x04\x14\0\0\0\0\0", "unzip -p"]]) {
    await site.fileInput.setInputFiles(file(packed, name));
    await expect(page.getByRole("status").filter({ hasText: command })).toContainText(`This is a ${name.split(".").at(-1).replace("gz", "gzip")} file`);
  }
  await expect(site.result).toHaveCount(0);
});

test("text that is no log gets an honest answer", async ({ site }) => {
  await site.paste("Dear all,\nthe deploy went wrong again. Can somebody look?\n");
  await expect(site.happened).toContainText("I can't tell from this");
  await expect(site.plan("Get more of the log first")).toBeVisible();
});

test("the paste button reads the clipboard", async ({ site, page }) => {
  await site.allowClipboard();
  await page.evaluate((text) => navigator.clipboard.writeText(text), LOG);
  await page.getByRole("button", { name: "Paste log", exact: true }).click();
  await expect(site.happened).toContainText("users");
});

test("a refused clipboard says what to do instead", async ({ page }) => {
  await page.context().clearPermissions();
  await page.evaluate(() => {
    navigator.clipboard.readText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.getByRole("button", { name: "Paste log", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "does not let this page read the clipboard" })).toBeVisible();
});

for (const [what, bytes] of Object.entries({
  "binary garbage": garbage(50_000),
  "only NUL bytes": Buffer.alloc(10_000),
  "one line of a megabyte": Buffer.alloc(1_000_000, "a"),
  "UTF-8 that breaks off": Buffer.from([0x6c, 0x6f, 0x67, 0xe2, 0x82]),
})) {
  test(`${what}: an answer, and no trouble`, async ({ site }) => {
    await site.fileInput.setInputFiles(file(bytes));
    await expect(site.happened).toContainText("I can't tell from this");
  });
}

for (const [what, bytes] of Object.entries({
  "lone carriage returns": LOG.replaceAll("\n", "\r"),
  "Windows line ends": LOG.replaceAll("\n", "\r\n"),
  "broken bytes between the lines": Buffer.concat([garbage(3_000), Buffer.from(`\n${LOG}`)]),
})) {
  test(`a log with ${what} is read`, async ({ site }) => {
    await site.fileInput.setInputFiles(file(bytes));
    await expect(site.happened).toContainText("users");
  });
}

test("a large paste never becomes part of the document", async ({ site, page }) => {
  const before = (await page.content()).length;
  await page.evaluate(() => {
    window.longest = 0;
    const note = () => (window.longest = Math.max(window.longest, document.documentElement.outerHTML.length));
    new MutationObserver(note).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  await site.paste(bigLog(LOG, 300_000));
  await expect(site.happened).toContainText("users");
  await expect(site.box).toHaveValue("");
  expect(await page.evaluate(() => window.longest)).toBeLessThan(before + 50_000);
  expect(await site.traces()).not.toContain("package_1000-");
});

test("a line that is typed stays until it is asked for, by the button or by the keyboard", async ({ site, page }) => {
  const read = page.getByRole("button", { name: "Read this log" });
  const line = 'ERROR: relation "orders" already exists, and it goes on and on and on and on and on and on';
  await expect(read).toHaveCount(0);
  await site.box.press("ControlOrMeta+Enter");
  await site.box.press(" ");
  await expect(read).toHaveCount(0);
  for (const ask of [() => read.click(), () => site.box.press("ControlOrMeta+Enter")]) {
    await site.box.pressSequentially(line);
    await expect(site.box).toHaveValue(new RegExp(`${line.slice(-20)}$`));
    await expect(read).toBeVisible();
    await ask();
    await expect(site.happened).toContainText("orders");
    await expect(site.box).toHaveValue("");
    await expect(read).toHaveCount(0);
    await site.open("/");
  }
});

test("a log can be pasted anywhere on the page, but not into another field", async ({ site, page }) => {
  await site.allowClipboard();
  await page.evaluate((text) => navigator.clipboard.writeText(text), LOG);
  await page.getByRole("link", { name: "Read the runbook" }).focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(site.happened).toContainText("users");
  await site.names.getByLabel("Database name").fill("");
  await site.paste("app_db", site.names.getByLabel("Database name"));
  await expect(site.names.getByLabel("Database name")).toHaveValue("app_db");
  await expect(site.happened).toContainText("users");
});

test("a file dropped anywhere is read, or leads to where it is read, and is never opened", async ({ site, page }, info) => {
  const path = info.outputPath("deploy.log");
  writeFileSync(path, LOG);
  for (const [from, onto] of [["/", page.getByRole("link", { name: "Practise safely" })], ["/runbook", site.heading]]) {
    await site.open(from);
    await onto.scrollIntoViewIfNeeded();
    await dropFile(page, path, onto);
    await expect(site.happened).toContainText("users");
    await expect(page).toHaveURL(/\/#at=duplicate-table/);
  }
  for (const from of ["/sql", "/guards", "/training"]) {
    await site.open(from);
    await dropFile(page, path, site.heading);
    await expect(page).toHaveURL(site.baseURL + from);
    await expect(site.heading).toBeVisible();
  }
});

test("an empty paste takes nothing away", async ({ site, page }) => {
  await site.paste(LOG);
  await site.happened.waitFor();
  await site.paste(" \n");
  await expect(page.getByRole("status").filter({ hasText: "There was nothing to read." })).toBeVisible();
  await expect(site.happened).toContainText("users");
  await site.fileInput.setInputFiles(file("  \n"));
  await expect(page.getByRole("status").filter({ hasText: "There was nothing to read." })).toBeVisible();
  await expect(site.happened).toContainText("users");
});

test("a file can be dropped on the box", async ({ site, page }) => {
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "deploy.log", { type: "text/plain" }));
    return data;
  }, LOG);
  await site.box.dispatchEvent("dragover", { dataTransfer: data });
  await site.box.dispatchEvent("drop", { dataTransfer: data });
  await expect(site.happened).toContainText("users");
  await expect(site.box).toHaveValue("");
});

test("text can be dropped on the box", async ({ site, page }) => {
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    return data;
  }, LOG);
  await site.box.dispatchEvent("drop", { dataTransfer: data });
  await expect(site.happened).toContainText("users");
});

test("without a log the reader chooses what they see", async ({ site, page }) => {
  await page.getByText("I can’t copy it").click();
  await page.getByRole("button", { name: 'DuplicateTableError: relation "X" already exists' }).click();
  await expect(site.happened).toBeVisible();
  await expect(site.happened).toBeFocused();
  await expect(site.happened).toBeInViewport();
  await expect(site.result).toContainText("No line of a log proves this here.");
  await expect(site.question(TOOL_QUESTION)).toBeVisible();
});

test("a result can be overturned by what the reader saw", async ({ site }) => {
  await site.paste(LOG);
  await site.happened.waitFor();
  await site.result.getByText("Something else happened? Choose what you see").click();
  await site.result.getByRole("button", { name: "permission denied / must be owner" }).click();
  await expect(site.happened).toBeFocused();
  await expect(site.result).toContainText("No line of a log proves this here.");
  await expect(site.plan("Give the right user its rights")).toBeVisible();
});

test("reading a large file can be stopped, and the next log is read", async ({ site, page }, info) => {
  const path = info.outputPath("big.log");
  writeFileSync(path, bigLog(LOG, 60_000_000));
  await site.open("/");
  await site.fileInput.setInputFiles(path);
  await page.getByRole("button", { name: "Stop reading" }).click();
  await expect(page.getByText("Stopped. Nothing was kept of that log.")).toBeVisible();
  await expect(site.happened).toBeHidden();
  await site.paste(LOG);
  await expect(site.happened).toContainText("users");
});

test("of two logs the later one counts, also when the first is still being read", async ({ site }, info) => {
  const path = info.outputPath("big.log");
  writeFileSync(path, bigLog(LOG, 30_000_000));
  await site.open("/");
  await site.fileInput.setInputFiles(path);
  await site.paste("ERROR [alembic.util.messaging] Multiple head revisions are present for given argument 'head'");
  await expect(site.happened).toContainText(/head/);
  await expect(site.happened).not.toContainText("users");
});

test("where no worker starts the page reads by itself", async ({ site, page }) => {
  await page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new Error("forbidden");
      }
    };
  });
  await site.open("/");
  await site.paste(LOG);
  await expect(site.happened).toContainText("users");
});

test("where the worker breaks down before it is ready the page reads by itself", async ({ site, page }) => {
  await page.addInitScript(() => {
    const Whole = window.Worker;
    window.Worker = class extends Whole {
      constructor(script, options) {
        super("/assets/there-is-none.js", options);
      }
    };
  });
  await site.open("/");
  await site.paste(LOG);
  await expect(site.happened).toContainText("users");
  site.problems.length = 0;
});
