/**
 * A verdict between two saves: what broke, why, where, and the figures, in about twenty lines. What it leaves out is in
 * the whole report: the story, the proof, how it was found.
 */
import type { Verdict } from "../vocabulary.ts";
import { starsText } from "./verdict-checked.ts";
import { briefCauseRows, whereRows } from "./verdict-evidence.ts";
import { faultLines, headline } from "./verdict-failure.ts";
import { blankLine, type Line } from "./verdict-ink.ts";
import { keyRows } from "./verdict-keys.ts";
import { type Page, prose, row } from "./verdict-page.ts";
import { troubleLines } from "./verdict-trouble.ts";
import { valueRows } from "./verdict-values.ts";

export interface BriefOptions {
  readonly page: Page;
  /** The story's lines after "SUCCESS!". */
  readonly success: readonly string[];
}

export function briefLines(verdict: Verdict, options: BriefOptions): Line[] {
  switch (verdict.verdict) {
    case "pass":
      return passed(verdict, options);
    case "fail":
    case "crashed":
    case "timed-out":
      return failed(verdict, options.page);
    case "inconclusive":
    case "broken-environment":
    case "checker-bug":
      return troubleLines({ ...verdict, properties: [] }, options.page); // how far it came is in the whole report
    default:
      return verdict.verdict satisfies never;
  }
}

function passed(verdict: Verdict, { page, success }: BriefOptions): Line[] {
  const lacking = verdict.properties.filter(({ outcome }) => outcome === "broken").map(({ id }) => id);
  return [
    ...prose(`${page.glyphs.passed}SUCCESS! Cache invalidation is working!`, { page, tone: "good" }),
    ...success.flatMap((text) => prose(text, { page, tone: "good", indent: 2 })),
    blankLine,
    ...row("stars", starsOf(verdict, page), { page }),
    ...(lacking.length === 0 ? [] : row("lacks", lacking.join(", "), { page, tone: "note" })),
  ];
}

function failed(verdict: Verdict, page: Page): Line[] {
  const { counterexample: found, cause } = verdict;
  const told = found === null || verdict.fault !== null ? faultLines(verdict, { ...page, around: 1 }) : [];
  const evidence =
    found === null
      ? []
      : [
          ...(cause === null ? [] : briefCauseRows(cause, page)),
          ...(verdict.fault?.location ? [] : whereRows(found, { ...page, around: 1 })),
          ...(found.keys === undefined ? [] : keyRows(found.keys, page)),
          ...valueRows(found, page),
        ];
  const stars = row("stars", starsOf(verdict, page), { page });
  return [...headline(verdict, page), blankLine, ...told, ...evidence, ...stars];
}

function starsOf({ stars, requiredStars }: Verdict, page: Page): string {
  return `${starsText(stars, page)}  ${stars} of 3; a pass needs ${requiredStars}`;
}
