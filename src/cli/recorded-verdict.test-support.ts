/** Puts a verdict into a test's workshop as if a check of the working copy had come to it. */
import type { Verdict } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import { recordAttempt } from "./record-attempt.ts";

const SCENARIO = "stale-statistics";

/** A failure with no stars unless something else is said; it began in the first minute of 2026, or `at`. */
export async function recordVerdict(io: Io, said: Partial<Verdict> & { at?: string }): Promise<void> {
  const { at = "2026-01-01T00:00:30.000Z", ...changes } = said;
  const verdict = verdictWith(changes);
  await recordAttempt({ at, attempt: null, files: new Map([["a.ts", at]]), verdict }, io);
}

export function verdictWith(changes: Partial<Verdict>): Verdict {
  return {
    schemaVersion: 1,
    scenario: SCENARIO,
    verdict: "fail",
    stars: 0,
    requiredStars: 2,
    cause: "wrong-key",
    properties: [],
    counterexample: null,
    fault: null,
    explored: { schedules: 1, requests: 1, switches: 0, complete: true, seed: "a" },
    confirmed: null,
    success: null,
    message: null,
    timing: { total: 1000 },
    ...changes,
  };
}
