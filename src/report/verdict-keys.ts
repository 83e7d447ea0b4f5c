/** Two cache keys that should have been one: under one another, a caret line below what differs, and the difference in words. */
import { type Line, line, span } from "./verdict-ink.ts";
import { type Page, roomBeside, rowOf } from "./verdict-page.ts";
import { wrap } from "./verdict-wrap.ts";

export interface Keys {
  readonly used: string;
  readonly read: string;
}

export function keyRows(keys: Keys, page: Page): Line[] {
  const { start, wrong, right } = keyDifference(keys);
  const words = wrap(differenceWords({ wrong, right }), roomBeside(page));
  return rowOf("keys", [
    [span("written  "), ...keyLine(keys.used, { start, length: wrong.length, tone: "bad" })],
    [span("read     "), ...keyLine(keys.read, { start, length: right.length, tone: "good" })],
    line(`         ${caretText(keys, page.glyphs.caret)}`, "note"),
    ...words.map((each) => line(each)),
  ]);
}

/** Keys of one length differ letter by letter; others from where they part to where they meet again. */
function caretText({ used, read }: Keys, caret: string): string {
  if (used.length === read.length) {
    return Array.from(used, (letter, nth) => (letter === read[nth] ? " " : caret)).join("");
  }
  const { start, wrong, right } = keyDifference({ used, read });
  return " ".repeat(start) + caret.repeat(Math.max(wrong.length, right.length));
}

/** What is left of both keys without their common beginning and end; `start` counts UTF-16 units. */
export function keyDifference({ used, read }: Keys): { start: number; wrong: string; right: string } {
  const shorter = Math.min(used.length, read.length);
  let start = 0;
  while (start < shorter && used[start] === read[start]) start += 1;
  let end = 0;
  while (end < shorter - start && used.at(-1 - end) === read.at(-1 - end)) end += 1;
  return { start, wrong: used.slice(start, used.length - end), right: read.slice(start, read.length - end) };
}

function keyLine(key: string, at: { start: number; length: number; tone: "good" | "bad" }): Line {
  const end = at.start + at.length;
  return [span(key.slice(0, at.start)), span(key.slice(at.start, end), at.tone), span(key.slice(end))];
}

function differenceWords({ wrong, right }: { wrong: string; right: string }): string {
  if (wrong === "" && right === "") return "The two look the same: compare them character by character.";
  if (wrong === "") return `The written key lacks "${right}".`;
  if (right === "") return `The written key has "${wrong}" too many.`;
  return `The written key has "${wrong}" where the read has "${right}".`;
}
