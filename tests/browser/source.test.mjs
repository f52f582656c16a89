// The whole source runbook is on the page, word for word, with and without JavaScript.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./site.mjs";

const SOURCE = readFileSync(join(import.meta.dirname, "../fixtures/seed-render-database-recovery.md"), "utf8");
const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** Headings, sentences of paragraphs and steps, lines of code; the source's encoding fault repaired, Markdown's marks gone. */
function sourceUnits(source) {
  const units = [];
  let paragraph = "";
  let inCode = false;
  const flush = () => {
    units.push(...squeeze(paragraph.replace(/\*\*|`/g, "")).split(/(?<=\.) (?=[A-Z])/).filter(Boolean));
    paragraph = "";
  };
  for (const line of source.replaceAll("â€”", "—").split("\n")) {
    if (line.startsWith("```")) {
      flush();
      inCode = !inCode;
    } else if (inCode) {
      units.push(...[squeeze(line)].filter(Boolean));
    } else {
      const bare = line.trim().replace(/^[#>]+\s*/, "");
      if (bare === "" || /^(#|- |\d+\. )/.test(line)) flush();
      paragraph += `${bare.replace(/^(- |\d+\. )/, "")} `;
      if (line.startsWith("#")) flush();
    }
  }
  flush();
  return units;
}

const UNITS = sourceUnits(SOURCE);

/** What a text lacks of the source, or has out of order. */
function missing(text) {
  let from = 0;
  return UNITS.filter((unit) => {
    const at = text.indexOf(unit, from);
    if (at >= 0) from = at + unit.length;
    return at < 0;
  });
}

test("the source is read whole", () => {
  expect(UNITS).toHaveLength(43);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });
    test("/runbook holds every sentence, step and code line of the source, in order", async ({ site }) => {
      await (javaScriptEnabled ? site.open("/runbook") : site.read("/runbook"));
      expect(missing(squeeze(await site.text()))).toEqual([]);
    });
  });
}
