/** The numbers of a check: how much is explored unless somebody asks for more, and what each verdict exits with. */
import type { Scenario, VerdictKind } from "../vocabulary.ts";
import type { CheckSettings } from "./explore-message.ts";

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

/** Of a check for which nothing was asked in particular: the same seed, so the same verdict on the same handlers. */
export function usualSettings({ requiredStars }: Pick<Scenario, "requiredStars">): CheckSettings {
  const without = { properties: [], repairs: [] };
  return { seed: "stale-stats", stars: requiredStars, thorough: false, budget: DEFAULT_BUDGET, without };
}
