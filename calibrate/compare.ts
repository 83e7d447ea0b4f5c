/**
 * Sets what a fix did on the servers against what the checker says of it. Pure.
 * Only one direction can be a failure: load finds some schedules, the checker is meant to find all within its bound.
 */
import type { Told } from "./ask-checker.ts";
import type { Observation } from "./observation.ts";

/**
 * `agrees`: it served what is not true, and the checker had failed it or denied it the star.
 * `too-kind`: the checker had not; a failure of the calibration. `unseen`: the checker failed it, the load showed nothing.
 * `clean`: neither.
 */
export type Agreement = "agrees" | "too-kind" | "unseen" | "clean";

/**
 * Two stars promise the truth one thing at a time, external writes included once a job has told of them; three promise it
 * under every interleaving.
 */
export function compare(seen: Observation, told: Told): Agreement {
  const alone = seen.untrueInSequence + seen.untrueAfterJob > 0;
  if (!alone && !isCaughtUnderLoad(seen)) return told.verdict === "fail" ? "unseen" : "clean";
  const tooKind = told.stars === 3 || (alone && told.stars === 2);
  return tooKind ? "too-kind" : "agrees";
}

export function isCaughtUnderLoad(seen: Observation): boolean {
  return seen.staleInFlight + seen.impossible + seen.untrueAtRest > 0;
}
