/**
 * Sets what a fix did on the servers against what the checker says of it. Pure.
 * Only one direction can be a failure: load finds some schedules, the checker is meant to find all within its bound.
 */
import type { Told } from "./ask-checker.ts";
import type { Observation } from "./observe.ts";

/**
 * `agrees`: it served what is not true, and the checker had failed it or denied it the star.
 * `too-kind`: the checker had not; a failure of the calibration. `unseen`: the checker failed it, the load showed nothing.
 * `clean`: neither.
 */
export type Agreement = "agrees" | "too-kind" | "unseen" | "clean";

/** One mistake at a time breaks the first star; whoever keeps three promises right under every interleaving. */
export function compare(seen: Observation, told: Told): Agreement {
  const inSequence = seen.untrueInSequence > 0;
  if (!inSequence && !servedUntruth(seen)) return told.verdict === "fail" ? "unseen" : "clean";
  const tooKind = told.stars === 3 || (inSequence && told.stars === 2);
  return tooKind ? "too-kind" : "agrees";
}

function servedUntruth(seen: Observation): boolean {
  return seen.staleInFlight + seen.impossible + seen.untrueAtRest > 0;
}
