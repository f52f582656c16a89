// What the build left in dist/.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The folder of the built site. */
export const DIST = join(import.meta.dirname, "../../dist");

const ALL = readdirSync(DIST, { recursive: true, encoding: "utf8" })
  .filter((name) => /(^|\/)index\.html$/.test(name))
  .map((name) => `/${name.replace(/\/?index\.html$/, "")}`)
  .sort();

const isStill = (path) => /^\/(errors|accuracy|proof|tree)(\/|$)/.test(path);

/** The address of every page that answers, as the build made them: `/`, `/runbook` … */
export const PAGES = ALL.filter((path) => !isStill(path));

/** The address of every page that is only read: no program comes with it. */
export const STILL_PAGES = ALL.filter(isStill);

/** As many of those as a browser has to open: each kind, and an error with much, with little and without failure. */
export const STILL_SAMPLE = [
  "/accuracy",
  "/errors",
  "/errors/alembic/step-running",
  "/errors/connection/unreachable",
  "/errors/postgres/duplicate-relation",
  "/proof",
  "/tree",
];

/** The file of a page, below {@link DIST}. */
export const fileOf = (path) => join(path, "index.html").slice(1);
