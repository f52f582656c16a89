// How much a reader downloads before the start page answers: `node sizes.mjs DIR [PROGRAM]` prints it as a table.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotli } from "./compress.mjs";

/** The files of {@link reader}, and requests for them. */
export const READER = /(reader-\w{16}(\.js|_bg\.wasm)|patterns-\w{16}\.postcard)$/;

/**
 * The files of the first visit to a page, with their sizes in bytes: the page itself and all that it links.
 * @param {string} dir the built site
 * @param {string} page its file
 * @returns {{name: string, raw: number, brotli: number}[]}
 */
export function firstLoad(dir, page = "index.html") {
  const html = readFileSync(join(dir, page), "utf8");
  const head = html.slice(0, html.indexOf("</head>"));
  const linked = [...head.matchAll(/<(?:link|script)\b[^>]*?\b(?:href|src)="\/([^"]+)"/g)].map(([, name]) => name);
  return [page, ...new Set(linked)].map((name) => size(name, readFileSync(join(dir, name))));
}

/**
 * The program that reads logs, and what it searches them for: a page fetches both once it answers, so that they are here before the log.
 * @param {string} dir the built site
 */
export function reader(dir) {
  const names = readdirSync(join(dir, "assets")).filter((file) => READER.test(file));
  return names.map((name) => size(`assets/${name}`, readFileSync(join(dir, "assets", name))));
}

/** @param {{raw: number, brotli: number}[]} sizes */
export function total(sizes) {
  const sum = (key) => sizes.reduce((bytes, size) => bytes + size[key], 0);
  return { name: "total", raw: sum("raw"), brotli: sum("brotli") };
}

function size(name, bytes) {
  return { name, raw: bytes.length, brotli: brotli(bytes).length };
}

function table(title, sizes) {
  const line = (name, raw, small) => `${name.padEnd(48)}${String(raw).padStart(12)}${String(small).padStart(12)}`;
  return [line(title, "bytes", "brotli"), ...sizes.map(({ name, raw, brotli }) => line(name, raw, brotli))].join("\n");
}

if (import.meta.filename === process.argv[1]) {
  const [dir, program] = process.argv.slice(2);
  const sizes = firstLoad(dir);
  console.log(table("First load of the start page", [...sizes, total(sizes)]));
  console.log(`\n${table("Fetched once the page answers", [...reader(dir), total(reader(dir))])}`);
  if (program) {
    console.log(`\n${table("Command-line program", [size("runbook", readFileSync(program))])}`);
  }
}
