/**
 * The lines that keep something for as long as the process lives, as places to begin to look at when a variable was
 * proved to be the cause. Takes the handlers' texts; the cause does not depend on what is found here.
 */
import type { Location } from "../vocabulary.ts";
import { locationText } from "./verdict-frame.ts";
import { type Line, line, span } from "./verdict-ink.ts";
import { type Page, roomBeside, rowOf } from "./verdict-page.ts";
import { truncate } from "./verdict-wrap.ts";

const MOST = 4;
/** Columns below which a piece of a line tells nothing. */
const LEAST = 12;
/** Begins in the first column: what can be set anew, and what is made to be filled. */
const KEEPS = /^(?:export\s+)?(?:(?:let|var)\s|const\s+\w+[^=\n]*=\s*(?:new\s|\[\s*\]|\{\s*\}))/u;

export interface KeptLine {
  readonly location: Location;
  readonly text: string;
}

export function keptLines(sources: ReadonlyMap<string, string>): KeptLine[] {
  return [...sources].flatMap(([file, text]) =>
    text
      .split(/\r?\n/u)
      .map((each, nth) => ({ location: { file, line: nth + 1, column: 1 }, text: each.trimEnd() }))
      .filter((each) => KEEPS.test(each.text)),
  );
}

export function variableRows(page: Page): Line[] {
  const kept = keptLines(page.sources).slice(0, MOST);
  const places = kept.map(({ location }) => locationText(location));
  const widest = Math.max(0, ...places.map((place) => place.length));
  const room = roomBeside(page) - widest - 2;
  const rows = kept.map(({ text }, nth): Line => {
    const place = places[nth] ?? "";
    if (room < LEAST) return line(place, "strong");
    return [span(`${place.padEnd(widest)}  `, "strong"), ...line(truncate(text, room, page.glyphs.ellipsis))];
  });
  return rowOf("look at", rows);
}
