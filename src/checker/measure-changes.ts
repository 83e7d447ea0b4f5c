/** Finds out which reads each write changes, by running each write alone in a fresh world. Judges nothing. */
import type { CastShape, Chooser, History, RequestRef, Run, RunPlan } from "../vocabulary.ts";
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
    const history = await run(alone(write, seed), FIRST);
    changes.push(changedReads(history));
    if (history.end.kind !== "complete") return { shape: { ...shape, changes }, unanswered: history };
  }
  return { shape: { ...shape, changes }, unanswered: null };
}

/** The same for a run that plays worlds side by side; null when a write was not answered. */
export async function measureTogether(options: {
  run: Run;
  shape: Omit<CastShape, "changes">;
  seed: string;
}): Promise<CastShape | null> {
  const { run, shape, seed } = options;
  const writes = countTo(shape.writes, writeRef);
  const histories = await Promise.all(writes.map((write) => run(alone(write, seed), FIRST)));
  if (histories.some(({ end }) => end.kind !== "complete")) return null;
  return { ...shape, changes: histories.map(changedReads) };
}

const FIRST: Chooser = { choose: () => 0 };

function alone(write: RequestRef, seed: string): RunPlan {
  return { phases: inSequence([write]), probe: true, seed };
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
