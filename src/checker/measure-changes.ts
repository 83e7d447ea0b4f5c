/** Finds out which reads each write changes, by running each write alone in a fresh world. Judges nothing. */
import type { CastShape, History, Run } from "../vocabulary.ts";
import { samePattern } from "./judge/pattern.ts";
import { countTo, inSequence, writeRef } from "./properties/phases.ts";

export interface Measured {
  readonly shape: CastShape;
  /** A write that was never answered: the rest was not measured, for each such run takes real time. */
  readonly unanswered: History | null;
}

export async function measureChanges(options: {
  run: Run;
  shape: Omit<CastShape, "changes">;
  seed: string;
}): Promise<Measured> {
  const { run, shape, seed } = options;
  const changes: number[][] = [];
  for (const write of countTo(shape.writes, writeRef)) {
    const history = await run({ phases: inSequence([write]), probe: true, seed }, { choose: () => 0 });
    changes.push(changedReads(history));
    if (history.end.kind !== "complete") return { shape: { ...shape, changes }, unanswered: history };
  }
  return { shape: { ...shape, changes }, unanswered: null };
}

/** Outcomes list every request of the plan, the probe's reads last, also when the run ended before them. */
function changedReads(history: History): number[] {
  const [first] = history.versions;
  const last = history.versions.at(-1);
  const count = history.plan.phases.length;
  return (first?.outcomes ?? []).slice(count).flatMap((outcome, read) => {
    const after = last?.outcomes[count + read];
    return outcome.status === after?.status && samePattern(outcome.body, after.body) ? [] : [read];
  });
}
