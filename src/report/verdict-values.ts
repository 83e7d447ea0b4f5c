/** The wrong answer against the right one: only the fields that differ, the two values of each under one another. */
import type { Counterexample, Json, Pattern } from "../vocabulary.ts";
import { type Difference, differences } from "./verdict-difference.ts";
import { type Line, padTo, span, widthOf } from "./verdict-ink.ts";
import { type Page, roomBeside, row, rowOf } from "./verdict-page.ts";
import { type ServedAnswer, showsOldAnswer } from "./verdict-properties.ts";
import { truncate } from "./verdict-wrap.ts";

const MOST_FIELDS = 5;
const GAP = 3;

/** No rows when nothing was compared, or nothing differs. */
export function valueRows(found: ServedAnswer & Pick<Counterexample, "served">, page: Page): Line[] {
  if (found.served === null && found.expected === null) return [];
  const all = differences(found.served, found.expected);
  const shown = all.slice(0, MOST_FIELDS);
  if (shown.length === 0) return [];
  const more = all.length - shown.length;
  const note = more === 0 ? [] : row("", `and ${more} more fields that differ`, { page, tone: "dim" });
  return [...comparison(shown, { right: rightLabel(found), page }), ...note];
}

/** What is old is decided by the database alone; everything else by what the service promises. */
function rightLabel(found: ServedAnswer): string {
  return showsOldAnswer(found) ? "database" : "expected";
}

function comparison(shown: readonly Difference[], options: { right: string; page: Page }): Line[] {
  const pairs = shown.map((each) => fieldPair(each, options.page));
  const table = (nth: 0 | 1): Line =>
    pairs.flatMap((pair) => padTo(pair[nth], Math.max(widthOf(pair[0]), widthOf(pair[1])) + GAP));
  if (widthOf(table(0)) - GAP <= roomBeside(options.page))
    return [...rowOf("served", [table(0)]), ...rowOf(options.right, [table(1)])];
  return [
    ...rowOf(
      "served",
      pairs.map(([served]) => served),
    ),
    ...rowOf(
      options.right,
      pairs.map(([, right]) => right),
    ),
  ];
}

function fieldPair({ path, served, expected }: Difference, page: Page): readonly [Line, Line] {
  const room = roomBeside(page) - path.length - 1;
  const name = path === "" ? [] : [span(`${path} `)];
  const value = (text: string): string => truncate(text, Math.max(room, 8), page.glyphs.ellipsis);
  return [
    [...name, span(value(valueText(served)), "bad")],
    [...name, span(value(valueText(expected)), "good")],
  ];
}

function valueText(value: Json | Pattern | undefined): string {
  if (value === undefined) return "(not there)";
  if (value === null) return "nothing";
  if (typeof value !== "object") return JSON.stringify(value);
  if ("$match" in value && typeof value["$match"] === "string")
    return MATCH_WORDS[value["$match"]] ?? JSON.stringify(value);
  if ("$oneOf" in value && Array.isArray(value["$oneOf"]))
    return value["$oneOf"].map((text) => JSON.stringify(text)).join(" or ");
  if ("$inserted" in value && typeof value["$inserted"] === "string")
    return `the id of the new row in ${value["$inserted"]}`;
  return JSON.stringify(value);
}

const MATCH_WORDS: Readonly<Record<string, string>> = {
  any: "any value",
  integer: "an integer",
  string: "a text",
  "iso-date": "a date as ISO text",
};
