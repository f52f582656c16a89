// Links to a part of the runbook show that part, below the bar, however the reader gets there.
import { expect, test } from "./site.mjs";

const PARTS = ["option-a", "option-b", "check-state"];

/** The heading of a part is on the screen and not under the bar. */
async function isShown(page, id) {
  const heading = page.locator(`#${id}`);
  await expect(heading).toBeInViewport();
  const bar = await page.getByRole("banner").boundingBox();
  await expect.poll(async () => (await heading.boundingBox()).y).toBeGreaterThanOrEqual(bar.y + bar.height - 1);
}

test("a link to a section that stood on the start page leads to the runbook", async ({ site, page }) => {
  await site.read("/#option-a");
  await expect(page).toHaveURL(`${site.baseURL}/runbook#option-a`);
  await isShown(page, "option-a");
});

for (const viewport of [{ width: 360, height: 640 }, { width: 1440, height: 900 }]) {
  test.describe(`at ${viewport.width} px`, () => {
    test.use({ viewport });
    for (const id of PARTS) {
      test(`/runbook#${id} is in view after loading, reloading, and from another page`, async ({ site, page }) => {
        await site.open(`/runbook#${id}`);
        await isShown(page, id);
        await page.reload();
        await site.hydrated();
        await isShown(page, id);

        await site.open("/");
        await site.goTo(`/runbook#${id}`);
        await expect(page).toHaveURL(`${site.baseURL}/runbook#${id}`);
        await isShown(page, id);
      });
    }
  });
}
