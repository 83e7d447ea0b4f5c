/** A passed check: the promised lines, what was checked and how completely, and what the third star still lacks. */
import type { PropertyResult, Verdict } from "../vocabulary.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";
import { checkedLines, confirmedLines, starsLine } from "./verdict-checked.ts";
import { counterexampleLines } from "./verdict-counterexample.ts";
import { blankLine, indent, type Line, line } from "./verdict-ink.ts";
import { commandRow, type Page, prose } from "./verdict-page.ts";
import { propertyBroken } from "./verdict-properties.ts";

interface PassOptions {
  readonly page: Page;
  readonly success: readonly string[];
  readonly full: boolean;
}

export function passLines(verdict: Verdict, options: PassOptions): Line[] {
  const { page, success } = options;
  return [
    ...prose(`${page.glyphs.passed}SUCCESS! Cache invalidation is working!`, { page, tone: "good" }),
    ...success.flatMap((text) => prose(text, { page, tone: "good", indent: 2 })),
    blankLine,
    starsLine(verdict, page),
    blankLine,
    line("What was checked:", "strong"),
    ...checkedLines(
      verdict.properties.filter(({ outcome }) => outcome !== "broken"),
      page,
    ),
    ...confirmedLines(verdict, page),
    ...lackingLines(verdict, options),
  ];
}

function lackingLines(verdict: Verdict, options: PassOptions): Line[] {
  const broken = verdict.properties.filter(({ outcome }) => outcome === "broken");
  if (broken.length === 0) return [];
  const { page } = options;
  const star = page.glyphs.star.repeat(3);
  return [
    blankLine,
    line(`What ${star} still lacks:`, "strong"),
    ...broken.flatMap((result, nth) => [
      ...(options.full && nth > 0 ? [blankLine] : []),
      ...lackLines(result, page),
      ...(options.full ? storyLines(verdict, { result, page }) : []),
    ]),
    ...(options.full
      ? []
      : indent(
          commandRow("see it", page.command(["test-your-fix", verdict.scenario, "--full"]), {
            ...page,
            width: page.width - 4,
          }),
          4,
        )),
  ];
}

function lackLines({ id, cause, counterexample }: PropertyResult, page: Page): Line[] {
  const because = cause === undefined ? "" : ` (${cause}: ${CAUSE_WORDS[cause].title})`;
  const found = counterexample === undefined ? "" : `, found by schedule ${counterexample.found}`;
  return [
    line(`  ${page.glyphs.broken} ${id}`, "note"),
    ...prose(`${propertyBroken(id, page.asks)}${because}${found}.`, { page, indent: 4 }),
  ];
}

function storyLines(verdict: Verdict, { result, page }: { result: PropertyResult; page: Page }): Line[] {
  const { counterexample: found, cause = null } = result;
  return found === undefined ? [] : [blankLine, ...counterexampleLines({ verdict, found, cause }, page)];
}
