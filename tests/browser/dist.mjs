// What the build left in dist/.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The folder of the built site. */
export const DIST = join(import.meta.dirname, "../../dist");

/** The address of every page, as the build made them: `/`, `/runbook` … */
export const PAGES = readdirSync(DIST, { recursive: true, encoding: "utf8" })
  .filter((name) => /(^|\/)index\.html$/.test(name))
  .map((name) => `/${name.replace(/\/?index\.html$/, "")}`)
  .sort();
