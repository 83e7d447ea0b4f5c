/** What every part of a verdict's report is laid out by, and the two shapes that they share: prose and labelled rows. */
import type { Asks } from "./verdict-properties.ts";
import type { Glyphs } from "./verdict-glyphs.ts";
import { type Line, line, span, type Tone } from "./verdict-ink.ts";
import { wrap } from "./verdict-wrap.ts";

export interface Page {
  /** Terminal columns, at least 40. */
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly asks: Asks;
  /** File name relative to the working copy → its text. */
  readonly sources: ReadonlyMap<string, string>;
  /** One recorded story was played again; nothing was searched, and no stars were counted. */
  readonly replayed: boolean;
  /** Source lines above and below the one at fault; 2 unless given. */
  readonly around?: number;
  /** Arguments → the whole command line that a person can copy. */
  command(args: readonly string[]): string;
}

const LABEL = 10;
/** Longer lines are hard to follow, however wide the terminal is. */
const WIDEST_PROSE = 96;

export function prose(text: string, options: { page: Page; tone?: Tone; indent?: number }): Line[] {
  const before = options.indent ?? 0;
  const width = Math.min(options.page.width, WIDEST_PROSE) - before;
  return text
    .split("\n")
    .flatMap((each) => wrap(each, width))
    .map((each) => line(`${" ".repeat(before)}${each}`, options.tone));
}

/** A row of the evidence; text that does not fit goes on under itself. */
export function row(label: string, text: string, options: { page: Page; tone?: Tone }): Line[] {
  const width = Math.min(options.page.width, WIDEST_PROSE) - LABEL;
  const lines = text.split("\n").flatMap((each) => wrap(each, width));
  return rowOf(
    label,
    lines.map((each) => line(each, options.tone)),
  );
}

/** The same with lines that are laid out already, at most `roomBeside` wide. */
export function rowOf(label: string, lines: readonly Line[]): Line[] {
  return lines.map((each, nth) => [span((nth === 0 ? label : "").padEnd(LABEL), "dim"), ...each]);
}

export function roomBeside({ width }: Page): number {
  return width - LABEL;
}

/** A command must survive copying, so it is never broken: too long a one stands alone and runs over. */
export function commandRow(label: string, command: string, page: Page): Line[] {
  if (command.length <= roomBeside(page)) return rowOf(label, [line(command, "strong")]);
  return [line(label, "dim"), line(`  ${command}`, "strong")];
}
