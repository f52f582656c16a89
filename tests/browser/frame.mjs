// A page of another site around ours, in any browser: it takes a page of Playwright or of puppeteer-core and uses only what both have.
import { createServer } from "node:http";
import { expect } from "@playwright/test";
import { DIST, PAGES } from "./dist.mjs";
import { serve } from "./server.mjs";

const SAYS = "Another site shows this page inside its own";

/** The site on a host that sends no headers, and a page of another origin that shows an address of it in a frame. */
export async function withFramingSite(act) {
  const site = await serve(DIST, 0, { headers: false });
  const around = createServer((request, response) => {
    const shown = new URL(request.url, "http://x").searchParams.get("shows");
    response.setHeader("Content-Type", "text/html");
    response.end(`<!DOCTYPE html><title>Around</title><iframe width="900" height="600" src="${site.url}${shown}"></iframe>`);
  });
  await new Promise((resolve) => around.listen(0, "127.0.0.1", resolve));
  try {
    await act(site.url, `http://127.0.0.1:${around.address().port}`);
  } finally {
    around.closeAllConnections();
    around.close();
    await site.close();
  }
}

/** No page works there, nothing of it is left to be clicked, and one line says why; alone, and in a frame of its own origin, it works. */
export async function walkThroughFrames(page, site, around) {
  for (const path of PAGES) {
    await page.goto(`${around}/?shows=${path}`);
    const frame = await frameOf(page, site);
    const text = () => frame.evaluate(() => document.body.innerText);
    await expect.poll(text, path).toContain(SAYS);
    expect(await text(), path).not.toMatch(/DROP|CASCADE|Paste/);
    const left = await frame.evaluate(() => [...document.body.querySelectorAll("*")].map((e) => `${e.localName} ${e.target} ${e.rel} ${new URL(e.href).pathname}`));
    expect(left, path).toEqual([`a _blank noopener ${path}`]);
    expect(await frame.evaluate(() => document.documentElement.hasAttribute("data-hydrated")), path).toBe(false);
  }
  await page.goto(`${site}/`);
  await answers(page);
  // A file without a policy of its own, which could forbid frames.
  await page.goto(`${site}/sw.js`);
  await page.evaluate(() => {
    const own = document.createElement("iframe");
    own.src = "/runbook";
    document.body.append(own);
  });
  await answers(await frameOf(page, `${site}/runbook`));
}

const answers = (page) => expect.poll(() => page.evaluate(() => document.documentElement.hasAttribute("data-hydrated"))).toBe(true);

async function frameOf(page, address) {
  const find = () => page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(address));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find();
}
