// Packs the built site into one file: `node archive.mjs DIR FILE` writes FILE, and FILE.sha256 for `sha256sum --check`.
// The same site gives the same bytes on every machine: names sorted, one date for all, and fflate's own compression, where
// a system's `zip` or Node's zlib would differ from version to version.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { zipSync } from "fflate";

/** The earliest date a zip can hold; it is read in local time. */
const DATE = new Date(1980, 0, 1);

/**
 * @param {string} dir the built site
 * @returns {Uint8Array} the zip
 */
export function archive(dir) {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(dir, name)).isFile());
  const files = names.map((name) => [name.split(sep).join("/"), readFileSync(join(dir, name))]);
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: DATE });
}

if (import.meta.filename === process.argv[1]) {
  const [dir, file] = process.argv.slice(2);
  const bytes = archive(dir);
  const line = `${createHash("sha256").update(bytes).digest("hex")}  ${basename(file)}`;
  writeFileSync(file, bytes);
  writeFileSync(`${file}.sha256`, `${line}\n`);
  console.log(line);
}
