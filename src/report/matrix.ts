/** The kill matrix of one scenario as a compact table or as JSON. Takes finished rows and judges nothing again. */
import type { Cause, PropertyId, Star, VerdictKind } from "../vocabulary.ts";
import { type Glyphs, glyphsFor, printable } from "./verdict-glyphs.ts";
import { blankLine, inkLines, type Line, line, padTo, span, type Tone, widthOf } from "./verdict-ink.ts";
import { truncate, wrap } from "./verdict-wrap.ts";

export interface MatrixOutcome {
  readonly verdict: VerdictKind;
  readonly cause: Cause | null;
  /** The property that killed the fix; null for a pass, and where the handlers did not get that far. */
  readonly property: PropertyId | null;
  /** Stars earned by a pass; of the broken property else; null when there is none. */
  readonly star: 0 | Star | null;
}

export interface MatrixRow {
  readonly kind: "starter" | "accepted" | "rejected" | "sample";
  readonly name: string;
  readonly expected: MatrixOutcome;
  readonly actual: MatrixOutcome;
  readonly ok: boolean;
  readonly milliseconds?: number;
}

/** What differs from what was declared, what no row shows, or what is missing; and what its author can do. */
export interface MatrixProblem {
  /** One line: where, and what. */
  readonly text: string;
  /** An imperative; problems that follow each other with the same one share it on the screen. */
  readonly todo: string;
}

export interface Matrix {
  readonly scenario: string;
  /** None when the scenario could not be run. */
  readonly rows: readonly MatrixRow[];
  readonly problems: readonly MatrixProblem[];
}

interface MatrixOptions {
  readonly color: boolean;
  readonly emoji: boolean;
  readonly width: number;
}

/** Ends with a newline; the last line counts the rows. */
export function renderMatrix(matrix: Matrix, options: MatrixOptions): string {
  const { scenario, rows, problems } = printable(matrix, options.emoji);
  const glyphs = glyphsFor(options.emoji);
  const lines = [
    line(`KILL MATRIX  ${scenario}`, "strong"),
    ...KINDS.flatMap((kind) => groupLines(kind, rows, { glyphs, width: options.width })),
    ...problemLines(problems, { glyphs, width: options.width }),
    blankLine,
    summaryLine(rows, problems),
  ];
  return inkLines(lines, options.color);
}

/** One object, ends with a newline; members in the order of the types above. The nth of `todo` is for the nth problem. */
export function matrixJson({ scenario, rows, problems }: Matrix): string {
  const passed = rows.filter(({ ok }) => ok).length;
  const counts = { passed, failed: rows.length - passed };
  const texts = { problems: problems.map(({ text }) => text), todo: problems.map(({ todo }) => todo) };
  return `${JSON.stringify({ schemaVersion: 1, scenario, ...counts, ...texts, rows }, null, 2)}\n`;
}

const KINDS: readonly MatrixRow["kind"][] = ["starter", "accepted", "rejected", "sample"];

interface TableStyle {
  readonly glyphs: Glyphs;
  readonly width: number;
}

function groupLines(kind: MatrixRow["kind"], rows: readonly MatrixRow[], style: TableStyle): Line[] {
  const own = rows.filter((row) => row.kind === kind);
  if (own.length === 0) return [];
  const names = Math.min(Math.max(...own.map(({ name }) => name.length)), Math.floor(style.width * 0.42));
  const laidOut = (row: MatrixRow): Line[] =>
    style.width < NARROW ? stackedLines(row, style) : rowLines(row, { ...style, names });
  return [blankLine, line(kind, "strong"), ...own.flatMap(laidOut)];
}

/** Columns below which a row does not fit beside its name. */
const NARROW = 60;

function stackedLines(row: MatrixRow, { glyphs, width }: TableStyle): Line[] {
  const below = (text: string, tone: Tone): Line[] => hanging({ text, mark: "    ", tone, width });
  const [tone, mark]: [Tone, string] = row.ok ? ["good", glyphs.held] : ["bad", glyphs.broken];
  return [
    [span("  "), span(mark, tone), span(` ${truncate(row.name, width - 4, glyphs.ellipsis)}`)],
    ...below(outcomeText(row.actual, glyphs), row.ok ? "plain" : "bad"),
    ...(row.ok ? [] : below(`expected ${outcomeText(row.expected, glyphs)}`, "good")),
    ...(row.milliseconds === undefined ? [] : below(`${Math.round(row.milliseconds)} ms`, "dim")),
  ];
}

/** Columns at the end of a row for its time. */
const TIME = 9;

function rowLines(row: MatrixRow, style: TableStyle & { names: number }): Line[] {
  const { glyphs, names, width } = style;
  const name = truncate(row.name, names, glyphs.ellipsis).padEnd(names);
  const head: Line = [
    span("  "),
    span(row.ok ? glyphs.held : glyphs.broken, row.ok ? "good" : "bad"),
    span(` ${name}  `),
  ];
  const room = width - widthOf(head) - TIME;
  const outcome = (shown: MatrixOutcome, tone: Tone): Line =>
    padTo([span(truncate(outcomeText(shown, glyphs), room, glyphs.ellipsis), tone)], room);
  const time = row.milliseconds === undefined ? "" : `${Math.round(row.milliseconds)} ms`;
  const first = [...head, ...outcome(row.actual, row.ok ? "plain" : "bad"), span(time.padStart(TIME), "dim")];
  if (row.ok) return [first];
  return [first, [span(`${"expected".padStart(widthOf(head) - 2)}  `, "dim"), ...outcome(row.expected, "good")]];
}

function outcomeText({ verdict, cause, property, star }: MatrixOutcome, glyphs: Glyphs): string {
  const stars = star === null ? "" : glyphs.star.repeat(star).padEnd(3);
  return [
    stars.padEnd(3),
    verdict,
    ...(cause === null ? [] : [cause]),
    ...(property === null ? [] : [`(${property})`]),
  ].join(" ");
}

function problemLines(problems: readonly MatrixProblem[], { glyphs, width }: TableStyle): Line[] {
  if (problems.length === 0) return [];
  const lines = problems.flatMap(({ text, todo }, nth) => [
    ...hanging({ text, mark: "  - ", tone: "bad", width }),
    // What one can do stands once below all that it is for.
    ...(problems[nth + 1]?.todo === todo
      ? []
      : hanging({ text: todo, mark: `    ${glyphs.gives} `, tone: "plain", width })),
  ]);
  return [blankLine, line("problems", "strong"), ...lines];
}

function hanging({ text, mark, tone, width }: { text: string; mark: string; tone: Tone; width: number }): Line[] {
  const indent = " ".repeat(mark.length);
  return wrap(text, width - mark.length).map((part, nth) => line(`${nth === 0 ? mark : indent}${part}`, tone));
}

/** Problems may be of the matrix as a whole, so a matrix without failed rows can have some. */
function summaryLine(rows: readonly MatrixRow[], problems: readonly MatrixProblem[]): Line {
  const failed = rows.filter(({ ok }) => !ok).length;
  const noted = problems.length === 0 ? "" : `, ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  if (rows.length === 0) return line(`nothing was run${noted}`, "bad");
  const bad = failed > 0 || problems.length > 0;
  return line(`${rows.length - failed} passed, ${failed} failed${noted}`, bad ? "bad" : "good");
}
