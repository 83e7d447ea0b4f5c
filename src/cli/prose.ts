/** Blocks of a scenario's page as lines for a terminal: wrapped, indented, in colour where there is some. Prints nothing. */
import { Chalk, type ChalkInstance } from "chalk";
import wrapAnsi from "wrap-ansi";
import type { pages } from "../scenario/index.ts";
import type { Io } from "./io.ts";

export type Look = Pick<Io, "color" | "emoji" | "width" | "keys">;
type Span = pages.Block["spans"][number];

/** Long lines are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** Two columns in; an empty line between paragraphs, none between items. */
export function proseLines(blocks: readonly pages.Block[], look: Look): string[] {
  return blocks.flatMap((block, position) => {
    const before = blocks[position - 1];
    const apart = before !== undefined && (block.kind !== "item" || before.kind !== "item");
    return [...(apart ? [""] : []), ...blockLines(block, look)];
  });
}

/** One paragraph of Markdown's own text, code between backticks included, as it would be typed. */
export function typedLines(text: string, look: Look): string[] {
  return hanging(text, { first: "  ", rest: "  " }, look);
}

/** Rows of a name and what belongs to it, the second column aligned and wrapped. */
export function factLines(facts: readonly (readonly [name: string, text: string])[], look: Look): string[] {
  const widest = Math.max(...facts.map(([name]) => name.length));
  const chalk = painter(look);
  return facts.flatMap(([name, text]) => {
    const label = `  ${name.padEnd(widest)}  `;
    const lines = hanging(text, { first: label, rest: " ".repeat(label.length) }, look);
    return lines.map((line, nth) => (nth === 0 ? `${chalk.dim(label)}${line.slice(label.length)}` : line));
  });
}

/** Wrapped where it has to be. The emoji at its head is left out where the terminal has none. */
export function heading(text: string, look: Look): string {
  const shown = look.emoji ? text : text.replace(/^\P{ASCII}+\s*/u, "");
  return wrapAnsi(painter(look).bold(shown), Math.max(look.width, 20), { trim: false });
}

export function painter(look: Look): ChalkInstance {
  return new Chalk({ level: look.color ? 1 : 0 });
}

/** Spans as they look: code in colour, or between backticks where there is none. */
export function spanText(spans: readonly Span[], look: Look): string {
  const chalk = painter(look);
  return spans
    .map(({ text, style }) => {
      if (style === "code") return look.color ? chalk.cyan(text) : `\`${text}\``;
      if (style === "plain") return text;
      return style === "strong" ? chalk.bold(text) : chalk.italic(text);
    })
    .join("");
}

function blockLines({ kind, spans, markdown }: pages.Block, look: Look): string[] {
  if (kind === "code") return markdown.split("\n").map((line) => `    ${painter(look).cyan(line)}`);
  const mark = { paragraph: "", item: look.emoji ? "• " : "- ", quote: look.emoji ? "│ " : "| " }[kind];
  const rest = kind === "quote" ? `  ${mark}` : " ".repeat(2 + mark.length);
  return hanging(spanText(spans, look), { first: `  ${mark}`, rest }, look);
}

function hanging(text: string, indent: { first: string; rest: string }, look: Look): string[] {
  const room = Math.max(Math.min(look.width, WIDEST) - indent.rest.length, 12);
  const lines = wrapAnsi(text, room, { hard: false }).split("\n");
  return lines.map((line, nth) => `${nth === 0 ? indent.first : indent.rest}${line}`);
}
