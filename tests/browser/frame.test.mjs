// On a host that sends no headers another site can show ours in a frame: then it does not work, and says why.
import { inFirefox } from "./firefox.mjs";
import { walkThroughFrames, withFramingSite } from "./frame.mjs";
import { test } from "./site.mjs";

test("inside another site's page nothing works, in Chromium", ({ page }) => withFramingSite((site, around) => walkThroughFrames(page, site, around)));

test("inside another site's page nothing works, in Firefox", () =>
  withFramingSite((site, around) => inFirefox(() => {}, (page) => walkThroughFrames(page, site, around))));
