/** Lines made of toned pieces, and the colours they get. Layout works on these; escape codes appear only at the very end. */
import { Chalk, type ChalkInstance } from "chalk";
import stringWidth from "string-width";

export type Tone = "plain" | "strong" | "dim" | "good" | "bad" | "note";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

export const blankLine: Line = [];

export function span(text: string, tone: Tone = "plain"): Span {
  return { text, tone };
}

/** A line of one piece. */
export function line(text: string, tone: Tone = "plain"): Line {
  return [span(text, tone)];
}

export function indent(lines: readonly Line[], columns: number): Line[] {
  return lines.map((each) => (each.length === 0 ? each : [span(" ".repeat(columns)), ...each]));
}

/** Terminal columns, wide symbols counted as two. */
export function widthOf(pieces: Line): number {
  return pieces.reduce((sum, { text }) => sum + stringWidth(text), 0);
}

/** Fills up with spaces; a longer line stays as it is. */
export function padTo(pieces: Line, columns: number): Line {
  return [...pieces, span(" ".repeat(Math.max(columns - widthOf(pieces), 0)))];
}

/** Text that ends with a newline; without colour it holds no escape codes. */
export function inkLines(lines: readonly Line[], color: boolean): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return lines
    .map(
      (each) =>
        `${trimEnd(each)
          .map((piece) => paint(chalk, piece))
          .join("")}\n`,
    )
    .join("");
}

function trimEnd(pieces: Line): Line {
  const last = pieces.at(-1);
  if (last === undefined) return pieces;
  const text = last.text.trimEnd();
  return text === "" ? trimEnd(pieces.slice(0, -1)) : [...pieces.slice(0, -1), { ...last, text }];
}

function paint(chalk: ChalkInstance, { text, tone }: Span): string {
  switch (tone) {
    case "plain":
      return text;
    case "strong":
      return chalk.bold(text);
    case "dim":
      return chalk.dim(text);
    case "good":
      return chalk.green(text);
    case "bad":
      return chalk.red(text);
    case "note":
      return chalk.yellow(text);
    default:
      return tone satisfies never;
  }
}
