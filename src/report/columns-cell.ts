/** One step inside its column: what was done, what came back, and the mark where poison enters or is served. */
import type { StoryStep } from "../vocabulary.ts";
import type { Glyphs } from "./verdict-glyphs.ts";
import { type Line, line, type Span, span, type Tone, widthOf } from "./verdict-ink.ts";
import { truncate, wrap } from "./verdict-wrap.ts";

interface CellOptions {
  readonly glyphs: Glyphs;
  readonly width: number;
}

const HANGING = 2;
const GAP = 2;
/** A statement shorter than this says nothing; its result then moves to the next line. */
const LEAST_STATEMENT = 20;

/** No line is wider than `width`; a result or a mark that does not fit behind the text gets a line of its own. */
export function stepCell(step: StoryStep, options: CellOptions): Line[] {
  const tone = stepTone(step);
  const result = resultText(step, options.glyphs);
  const mark = step.mark === "poison" || step.mark === "served" ? `${options.glyphs.mark} ${step.mark}` : null;
  const added = [...(result === null ? [] : [span(result, tone)]), ...(mark === null ? [] : [span(mark, "bad")])];
  const lines = bodyTexts(step, added, options).map((text) => line(text, tone));
  return added.reduce((told, each) => attach(told, each, options), lines);
}

/** Keys and statuses are evidence and wrap; the path of an arrival stands above; a statement is told by its beginning and is cut. */
function bodyTexts(step: StoryStep, added: Line, { glyphs, width }: CellOptions): string[] {
  const text = `${prefix(step, glyphs)}${step.kind === "arrival" ? "arrives" : oneLine(step.text)}`;
  if (step.kind !== "database") return wrap(text, width, HANGING).map((each, nth) => (nth === 0 ? each : `  ${each}`));
  const beside = width - widthOf(added) - GAP * added.length;
  return [truncate(text, beside < LEAST_STATEMENT ? width : beside, glyphs.ellipsis)];
}

function attach(lines: readonly Line[], added: Span, { glyphs, width }: CellOptions): Line[] {
  const last = lines.at(-1) ?? [];
  const behind = [...last, span(" ".repeat(GAP)), added];
  if (widthOf(behind) <= width) return [...lines.slice(0, -1), behind];
  return [...lines, line(`  ${truncate(added.text, width - GAP, glyphs.ellipsis)}`, added.tone)];
}

/** An answer's body follows its status; everything else gives something back. */
function resultText({ kind, result }: StoryStep, glyphs: Glyphs): string | null {
  if (result === undefined) return null;
  return kind === "answer" ? oneLine(result) : `${glyphs.gives} ${oneLine(result)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** Arrivals and answers point into the service and out of it, unless their text does so already. */
function prefix({ kind, text }: StoryStep, glyphs: Glyphs): string {
  if (kind === "arrival") return `${glyphs.enters} `;
  return kind === "answer" && !text.startsWith(glyphs.answers) ? `${glyphs.answers} ` : "";
}

function stepTone({ kind, mark }: StoryStep): Tone {
  if (mark === "poison" || mark === "served") return "note";
  if (kind === "crash") return "bad";
  if (kind === "answer") return "strong";
  return kind === "arrival" || kind === "timer" ? "dim" : "plain";
}
