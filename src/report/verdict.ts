/**
 * A verdict as a terminal reads it. Takes the value and what the terminal can show, gives text; decides nothing, and
 * knows no scenario: its words come in.
 */
import type { Verdict } from "../vocabulary.ts";
import { briefLines } from "./verdict-brief.ts";
import { failureLines } from "./verdict-failure.ts";
import { glyphsFor, printable } from "./verdict-glyphs.ts";
import { blankLine, inkLines, type Line, line } from "./verdict-ink.ts";
import { type Page, prose, rowOf } from "./verdict-page.ts";
import { passLines } from "./verdict-pass.ts";
import type { Asks } from "./verdict-properties.ts";
import { troubleLines } from "./verdict-trouble.ts";

export interface VerdictOptions {
  readonly color: boolean;
  /** False: ASCII only, but for what people and data bring along. */
  readonly emoji: boolean;
  /** Terminal columns; fewer than 40 are taken as 40. */
  readonly width: number;
  /** The story's lines after "SUCCESS!", without indentation. */
  readonly success: readonly string[];
  readonly hint: string | null;
  /** Whether the command `hint` goes on from this check. */
  readonly moreHints: boolean;
  /** Show the counterexample to the third star of a pass as well. */
  readonly full: boolean;
  /** The verdict is on one recorded story that was played again. */
  readonly replayed?: boolean;
  /** Arguments → the whole command line as the reader would type it. */
  command(args: readonly string[]): string;
  /** The handlers' texts by file name, for the lines that a fault points at. */
  readonly sources: ReadonlyMap<string, string>;
  /** What a scenario's own properties ask, by id. */
  readonly asks?: Asks;
  /** Only what one looks at between two saves: what broke, why, where, and the figures. For half a screen. */
  readonly brief?: boolean;
}

/** Ends with a newline. */
export function renderVerdict(verdict: Verdict, options: VerdictOptions): string {
  const page = pageOf(options);
  const safe = printable(verdict, options.emoji);
  const texts = printable({ success: options.success, hint: options.hint }, options.emoji);
  if (options.brief === true) return inkLines(briefLines(safe, { page, success: texts.success }), options.color);
  const lines = [
    line(`${page.glyphs.banner}TESTING YOUR CACHE FIX`, "strong"),
    ...bodyLines(safe, { page, success: texts.success, full: options.full }),
    ...hintLines({ hint: texts.hint, moreHints: options.moreHints }, verdict, page),
    ...nextLines(safe, page),
  ];
  return inkLines(lines, options.color);
}

function pageOf(options: VerdictOptions): Page {
  const sources = new Map([...options.sources].map(([file, text]) => [file, printable(text, true)]));
  const { command, width, replayed = false, asks = {} } = options;
  return { width: Math.max(width, 40), glyphs: glyphsFor(options.emoji), asks, sources, replayed, command };
}

function bodyLines(verdict: Verdict, options: { page: Page; success: readonly string[]; full: boolean }): Line[] {
  switch (verdict.verdict) {
    case "pass":
      return passLines(verdict, options);
    case "fail":
    case "crashed":
    case "timed-out":
      return failureLines(verdict, options.page);
    case "inconclusive":
    case "broken-environment":
    case "checker-bug":
      return troubleLines(verdict, options.page);
    default:
      return verdict.verdict satisfies never;
  }
}

function hintLines(
  { hint, moreHints }: Pick<VerdictOptions, "hint" | "moreHints">,
  { scenario }: Verdict,
  page: Page,
): Line[] {
  if (hint === null || hint === "") return [];
  const more = moreHints ? wayRows([["a further hint", "hint"]], scenario, page) : [];
  return [blankLine, line(`${page.glyphs.hint}HINT:`, "strong"), ...prose(hint, { page, indent: 2 }), ...more];
}

function nextLines({ verdict, cause, scenario, stars, requiredStars }: Verdict, page: Page): Line[] {
  // Whoever asked for the third star has seen what earns two of them; how to get further is no secret any more.
  const others = verdict === "fail" && requiredStars === 3 && stars === 2 ? [OTHERS] : [];
  const further = verdict === "inconclusive" && cause === null ? [FURTHER] : []; // what a cause says, more would not change
  const ways = page.replayed ? [WHOLE] : [...NEXT[verdict], ...others, ...further];
  const steps = wayRows(ways, scenario, page);
  return steps.length === 0 ? [] : [blankLine, line(`${page.glyphs.next}NEXT STEP:`, "strong"), ...steps];
}

/** Side by side where all of them fit: a command must survive copying. */
function wayRows(ways: readonly Step[], scenario: string, page: Page): Line[] {
  const told = ways.map(([what, name, ...more]) => [what, page.command([name, scenario, ...more])] as const);
  if (told.some(([, command]) => WAY + command.length > page.width))
    return told.flatMap(([what, command]) => [line(`  ${what}`, "dim"), line(`    ${command}`)]);
  return told.flatMap(([what, command]) => rowOf(`  ${what}`.padEnd(WAY), [line(command)]));
}

/** Columns before a command. */
const WAY = 24;

type Step = readonly [what: string, command: string, ...args: string[]];

const CHECK: Step = ["check again", "test-your-fix"];
const FURTHER: Step = ["look further", "test-your-fix", "--thorough"];
const OTHERS: Step = ["see other fixes", "show-reference", "--list"];
/** Whatever one story shows. */
const WHOLE: Step = ["ask for the verdict", "test-your-fix"];

const NEXT: Readonly<Record<Verdict["verdict"], readonly Step[]>> = {
  pass: [
    ["see the good ending", "demonstrate-problem"],
    ["compare", "show-reference"],
  ],
  fail: [CHECK],
  crashed: [CHECK],
  "timed-out": [CHECK],
  inconclusive: [CHECK],
  "broken-environment": [CHECK],
  "checker-bug": [],
};
