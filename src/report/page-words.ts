/** Words and figures as the report's page shows them. Pure. */
import type { ScenarioReport, VerdictKind } from "../vocabulary.ts";

/** What only the caller knows: the reader's time zone, and how commands are called here. */
export interface PageWords {
  /** A recorded time as people read it, e.g. `21 Nov, 12:08`. */
  localTime(iso: string): string;
  /** Arguments → the whole command line that a person can copy. */
  command(args: readonly string[]): string;
}

/** By this a later call knows that a page is ours and may be replaced. */
export const GENERATOR = "stale-stats report";

export function stars(count: number): string {
  return "★".repeat(count) + "☆".repeat(3 - count);
}

/** Nobody plans by seconds, but the first minute is made of them. */
export function duration(milliseconds: number): string {
  if (milliseconds < 59_500) return `${Math.round(milliseconds / 1000)} s`;
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** Time on the page's axes. */
export function inMinutes(milliseconds: number): number {
  return milliseconds / 60_000;
}

export function plural(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** How far somebody came, as half a sentence. */
export function stateOf(scenario: ScenarioReport): string {
  const { trouble, attempts, firstPass, millisecondsSpent, setUp } = scenario;
  if (trouble !== null) return "records cannot be read";
  if (firstPass !== null)
    return `passed at attempt ${firstPass.attempts}, after ${duration(firstPass.millisecondsSpent)}`;
  if (attempts.length > 0)
    return `not passed yet, ${plural(attempts.length, "attempt")} in ${duration(millisecondsSpent)}`;
  return setUp ? "no attempt yet" : "not set up";
}

export type Outcome = "pass" | "fail" | "other";

/** The three marks of the page: right, wrong, and no answer to that question. */
export function outcomeOf(verdict: VerdictKind): Outcome {
  return verdict === "pass" || verdict === "fail" ? verdict : "other";
}

/** Each with the symbol that stands for it in pictures and text, so that none is told by colour alone. */
export const OUTCOMES: readonly { readonly outcome: Outcome; readonly sign: string; readonly words: string }[] = [
  { outcome: "pass", sign: "●", words: "pass" },
  { outcome: "fail", sign: "✕", words: "fail" },
  { outcome: "other", sign: "▲", words: "neither: crashed, timed out or inconclusive" },
];
