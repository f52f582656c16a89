// The site in one file: all of it, and the same bytes each time.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { DIST } from "./dist.mjs";
import { expect, test } from "./site.mjs";

/** Packs a folder in another process, as `./x zip` does. */
function pack(dir, file, timeZone) {
  const script = join(import.meta.dirname, "archive.mjs");
  return execFileSync(process.execPath, [script, dir, file], { encoding: "utf8", env: { ...process.env, TZ: timeZone } });
}

test("the zip holds the site, its hash is right, and neither depends on time or place", async ({}, info) => {
  const [file, copy, again] = ["dist.zip", "copy", "again.zip"].map((name) => info.outputPath(name));
  const said = pack(DIST, file, "Asia/Tokyo");
  const bytes = readFileSync(file);
  expect(said).toBe(`${createHash("sha256").update(bytes).digest("hex")}  dist.zip\n`);
  expect(readFileSync(`${file}.sha256`, "utf8")).toBe(said);

  const files = unzipSync(bytes);
  for (const name of ["index.html", "404.html", "runbook/index.html", "sw.js", "_headers"]) {
    expect(Buffer.from(files[name]).equals(readFileSync(join(DIST, name))), name).toBe(true);
  }

  cpSync(DIST, copy, { recursive: true });
  utimesSync(join(copy, "index.html"), 1, 1);
  pack(copy, again, "America/Lima");
  expect(readFileSync(again).equals(bytes)).toBe(true);
});
