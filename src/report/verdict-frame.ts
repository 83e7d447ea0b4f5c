/**
 * The participant's line in its surroundings, with a caret under the column. Ten lines of ours rather than
 * @babel/code-frame: that one colours by its own tokens and knows neither our tones nor a width.
 */
import type { Location } from "../vocabulary.ts";
import { type Line, line, span } from "./verdict-ink.ts";
import type { Page } from "./verdict-page.ts";
import { truncate } from "./verdict-wrap.ts";

/** Lines shown above and below. */
const AROUND = 2;

export function locationText({ file, line: row, column }: Location): string {
  return `${file}:${row}:${column}`;
}

/** Empty when the file's text is not known or has no such line. Lines and columns count from 1. */
export function frameLines(location: Location, page: Page): Line[] {
  const source = page.sources.get(location.file)?.split(/\r?\n/u) ?? [];
  if (source[location.line - 1] === undefined) return [];
  const reach = page.around ?? AROUND;
  const first = Math.max(location.line - reach, 1);
  const digits = String(location.line + reach).length;
  return source.slice(first - 1, location.line + reach).flatMap((text, nth) => {
    const number = first + nth;
    return number === location.line
      ? faultLines({ text, number, digits, column: location.column }, page)
      : [around({ text, number, digits }, page)];
  });
}

interface SourceLine {
  readonly text: string;
  readonly number: number;
  readonly digits: number;
}

function around({ text, number, digits }: SourceLine, page: Page): Line {
  return line(`  ${String(number).padStart(digits)} ${page.glyphs.bar} ${fitted(text, digits, page)}`, "dim");
}

function faultLines({ text, number, digits, column }: SourceLine & { column: number }, page: Page): Line[] {
  const before = untabbed(text.slice(0, Math.max(column - 1, 0)));
  const caret: Line = [
    span(`  ${" ".repeat(digits)} ${page.glyphs.bar} `, "dim"),
    span(`${" ".repeat(before.length)}${page.glyphs.caret}`, "bad"),
  ];
  const marked: Line = [
    span(`> ${String(number).padStart(digits)}`, "bad"),
    span(` ${page.glyphs.bar} `, "dim"),
    span(fitted(text, digits, page), "strong"),
  ];
  return before.length + digits + 6 > page.width ? [marked] : [marked, caret];
}

function fitted(text: string, digits: number, page: Page): string {
  return truncate(untabbed(text), page.width - digits - 5, page.glyphs.ellipsis);
}

function untabbed(text: string): string {
  return text.replaceAll("\t", "  ");
}
