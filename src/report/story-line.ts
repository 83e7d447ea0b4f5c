/** One line of a story with its tone, and what it takes to lay such lines out. Gives text without colour; decides nothing. */
import type { StorySection } from "../vocabulary.ts";

export interface StoryLine {
  readonly text: string;
  readonly tone: StorySection["lines"][number]["tone"] | "heading";
}

/** A heading and its indented lines, after an empty line. `width`: columns of the terminal. */
export function sectionLines({ heading, lines }: StorySection, width: number): StoryLine[] {
  return [
    blank,
    ...hanging(heading, { width, indent: "" }).map((text): StoryLine => ({ text, tone: "heading" })),
    ...lines.flatMap(({ text, tone }) => hanging(text, { width, indent: "  " }).map((row) => ({ text: row, tone }))),
  ];
}

/** What does not fit goes on two columns further in, so that it is no line of its own. */
export function hanging(text: string, { width, indent }: { width: number; indent: string }): string[] {
  const room = Math.max(width, NARROWEST) - indent.length;
  if (text.length <= room) return [indent + text];
  return packed(text.split(/(?<=\s)/u), room - 2).map((row, nth) => `${indent}${nth === 0 ? "" : "  "}${row}`);
}

/** Terminals below this are not laid out for. */
export const NARROWEST = 40;

export const blank: StoryLine = { text: "", tone: "plain" };

/** `milliseconds` in at most three significant digits and the unit that suits them. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.floor((milliseconds % 60_000) / 1000)} s`;
}

/** Rows of at most `width` characters, filled part by part; a part that is longer is broken. */
export function packed(parts: readonly string[], width: number): string[] {
  const rows: string[] = [""];
  for (const part of parts.flatMap((whole) => whole.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [])) {
    const last = rows.length - 1;
    const row = rows[last] ?? "";
    if (row.length + part.trimEnd().length > width) rows.push(part);
    else rows[last] = row + part;
  }
  return rows.map((row) => row.trimEnd());
}

/** The text without symbols beyond ASCII's reach, for terminals that cannot show them. */
export function plainText(text: string): string {
  return text
    .replaceAll(/\p{Extended_Pictographic}\uFE0F?\s*/gu, "")
    .replaceAll("•", "*")
    .replaceAll("…", "...")
    .replaceAll("→", "->");
}
