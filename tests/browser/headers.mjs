// Reads dist/_headers, which the build makes from src/site/headers.rs.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Every rule: an address, or a prefix of addresses followed by `*`, and one header.
 * @param {string} dir
 * @returns {{path: string, name: string, value: string}[]}
 */
export function readHeaderRules(dir) {
  const rules = [];
  let path = "";
  for (const line of readFileSync(join(dir, "_headers"), "utf8").split("\n")) {
    if (line.startsWith("/")) {
      path = line.trim();
    } else if (line.startsWith(" ")) {
      const colon = line.indexOf(":");
      rules.push({ path, name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
    }
  }
  return rules;
}

/**
 * The headers of one address.
 * @param {ReturnType<typeof readHeaderRules>} rules
 * @param {string} address the path of the request
 */
export function headersFor(rules, address) {
  const matches = ({ path }) => (path.endsWith("*") ? address.startsWith(path.slice(0, -1)) : address === path);
  return rules.filter(matches);
}
