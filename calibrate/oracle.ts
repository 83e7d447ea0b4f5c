/**
 * The calibration's own judge, written apart from the checker's. At rest an answer must equal the truth; while
 * requests overlap, the number it shows must lie between two counts kept of writes. Knows no transport and no clock.
 */
import { isDeepStrictEqual } from "node:util";
import { matchesPattern } from "../src/runner/live/matches-pattern.ts";
import type { Json, Outcome } from "../src/vocabulary.ts";

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** One entry per read of the cast; null: that answer shows no number. */
export type Figures = readonly (number | null)[];

/** What the truth leaves open, such as where an answer came from, is left open here, too. */
export function isTrue(answer: Answer, truth: Outcome): boolean {
  if (answer.status !== truth.status) return false;
  return truth.body === undefined || matchesPattern(truth.body, answer.body);
}

/**
 * By how much each write raises the number that each read shows, learnt from writes that ran alone. null when a write
 * did not do the same twice, lowered a number, or nothing ever grew: then answers are judged at rest only.
 */
export function learnGrowth(alone: readonly { write: number; before: Figures; after: Figures }[]): number[][] | null {
  const growth: number[][] = [];
  for (const { write, before, after } of alone) {
    const grown = before.map((figure, read) => (after[read] ?? 0) - (figure ?? 0));
    if (grown.some((step) => !(step >= 0))) return null;
    if (growth[write] !== undefined && !isDeepStrictEqual(growth[write], grown)) return null;
    growth[write] = grown;
  }
  return growth.flat().some((step) => step > 0) ? growth : null;
}

/**
 * Counts of one burst that begins at rest. A read may show no less than what was acknowledged before it was sent, and
 * no more than what was sent before it was answered. Example: at 15, write 1 is acknowledged, write 2 is on its way;
 * a read sent now must show 16 or 17, and 15 is stale.
 */
export interface Ledger {
  sent(write: number): void;
  acknowledged(write: number): void;
  /** Ask when the read is sent. */
  floor(read: number): number;
  /** Ask when the read is answered. */
  ceiling(read: number): number;
}

export function openLedger(start: Figures, growth: readonly (readonly number[])[]): Ledger {
  const floors = start.map((figure) => figure ?? Number.NaN);
  const ceilings = [...floors];
  const raise = (counts: number[], write: number): void =>
    counts.forEach((count, read) => (counts[read] = count + (growth[write]?.[read] ?? 0)));
  return {
    sent: (write) => raise(ceilings, write),
    acknowledged: (write) => raise(floors, write),
    floor: (read) => floors[read] ?? Number.NaN,
    ceiling: (read) => ceilings[read] ?? Number.NaN,
  };
}

/** `impossible`: a number that the database has not held yet, or none at all. */
export function judgeFigure(
  figure: number | null,
  bounds: { floor: number; ceiling: number },
): "fresh" | "stale" | "impossible" {
  if (figure === null || figure > bounds.ceiling) return "impossible";
  return figure < bounds.floor ? "stale" : "fresh";
}
