/** The numbers of a check: how much is explored unless somebody asks for more, and what each verdict exits with. */
import type { VerdictKind } from "../vocabulary.ts";

/** Schedules. The default bound of a scenario with one read and one write needs about a tenth of it. */
export const DEFAULT_BUDGET = 20_000;
export const THOROUGH_BUDGET = 200_000;

const EXIT_CODES: Readonly<Record<VerdictKind, number>> = {
  pass: 0,
  fail: 1,
  inconclusive: 3,
  crashed: 4,
  "timed-out": 5,
  "broken-environment": 6,
  "checker-bug": 70,
};

export function exitCodeOf(verdict: VerdictKind): number {
  return EXIT_CODES[verdict];
}
