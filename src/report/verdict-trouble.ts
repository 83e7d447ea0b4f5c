/** Verdicts that say nothing for or against the fix: what stopped the check, how far it came, what to do. */
import type { Cause, Verdict } from "../vocabulary.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";
import { checkedLines } from "./verdict-checked.ts";
import { causeRows } from "./verdict-evidence.ts";
import { frameLines, locationText } from "./verdict-frame.ts";
import { blankLine, indent, type Line, line } from "./verdict-ink.ts";
import { commandRow, type Page, prose } from "./verdict-page.ts";
import { claimText } from "./verdict-properties.ts";

type Trouble = Extract<Verdict["verdict"], "inconclusive" | "broken-environment" | "checker-bug">;

const WORDS: Readonly<Record<Trouble, { readonly headline: string; readonly explains: string }>> = {
  inconclusive: {
    headline: "NO VERDICT: the check could not decide",
    explains: "Nothing wrong was found, but not everything was looked at, and that is not a pass.",
  },
  "broken-environment": {
    headline: "NO VERDICT: something around the check is not usable",
    explains: "This says nothing about your handlers.",
  },
  "checker-bug": {
    headline: "NO VERDICT: the checker itself failed",
    explains: "This is our fault, not yours. Please report it with the text above and the command below.",
  },
};

/** Nothing was searched: neither "how far it came" nor a bound means anything here. */
const REPLAY_WORDS: (typeof WORDS)[Trouble] = {
  headline: "NO VERDICT: the replay does not show the failure again",
  explains: "A replay is one story. Whether the fix is right, only the whole check can say.",
};

export function troubleLines(verdict: Verdict, page: Page): Line[] {
  const isQuietReplay = page.replayed && verdict.verdict === "inconclusive";
  const { headline, explains } = isQuietReplay ? REPLAY_WORDS : WORDS[verdict.verdict as Trouble];
  return [
    ...prose(`${page.glyphs.unsure}${headline}`, { page, tone: "note" }),
    blankLine,
    ...toldLines(verdict, page),
    ...(verdict.cause === null ? prose(explains, { page, indent: 2 }) : causeLines(verdict.cause, page)),
    ...(isQuietReplay ? [] : reachedLines(verdict, page)),
    ...(verdict.verdict === "checker-bug" ? againLines(verdict, page) : []),
  ];
}

function causeLines(cause: Cause, page: Page): Line[] {
  const title = CAUSE_WORDS[cause].title;
  return [
    ...prose(`${title.charAt(0).toUpperCase()}${title.slice(1)}.`, { page, indent: 2 }),
    blankLine,
    ...causeRows(cause, page),
  ];
}

function toldLines({ message, fault }: Verdict, page: Page): Line[] {
  const told = [...new Set([message, fault?.message ?? null])].filter((text) => text !== null);
  const place = fault?.location ?? null;
  if (told.length === 0 && place === null) return [];
  return [
    ...told.flatMap((text) => prose(text, { page, tone: "strong", indent: 2 })),
    ...(place === null
      ? []
      : [line(`  at ${locationText(place)}`), ...indent(frameLines(place, { ...page, width: page.width - 2 }), 2)]),
    blankLine,
  ];
}

function reachedLines({ properties, explored }: Verdict, page: Page): Line[] {
  if (properties.length === 0) return [];
  const sum = `Altogether: ${claimText(explored)}; seed ${explored.seed}.`;
  return [
    blankLine,
    line("How far it came:", "strong"),
    ...checkedLines(properties, page),
    ...prose(sum, { page, indent: 2 }),
  ];
}

function againLines({ scenario, explored }: Verdict, page: Page): Line[] {
  return [blankLine, ...commandRow("again", page.command(["test-your-fix", scenario, "--seed", explored.seed]), page)];
}
