// Writes a `.br` beside every text and program of the site: `node compress.mjs DIR`. The server sends it, as hosts do.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const COMPRESSIBLE = /\.(html|css|js|wasm|svg|json|postcard|txt|webmanifest)$/;

/** @param {Buffer} bytes */
export function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

/** @param {string} dir */
function compressAll(dir) {
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    if (COMPRESSIBLE.test(name)) {
      writeFileSync(join(dir, `${name}.br`), brotli(readFileSync(join(dir, name))));
    }
  }
}

if (import.meta.filename === process.argv[1]) {
  compressAll(process.argv[2]);
}
