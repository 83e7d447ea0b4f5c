/**
 * What two processes do that begin alike: a number that each counts for itself from the same start is the same in both,
 * and means something else. After thousands of worlds the counts of two instances have drifted apart, and nothing is
 * seen; so this comes first, and whatever is played leaves both instances with as much behind them.
 */
import type { Chooser, History, RequestRef, RunPlan } from "../vocabulary.ts";
import type { Broken, ConfirmOptions } from "./confirm.ts";
import { countActors } from "./explore.ts";
import { freshInSequence } from "./properties/fresh-in-sequence.ts";
import { countTo, readRef, writeRef } from "./properties/phases.ts";
import { settingOf } from "./setting.ts";
import { tellShrunk } from "./tell-failure.ts";

const FIRST: Chooser = { choose: () => 0 };

/**
 * Takes a run over handlers that have served nothing yet. Asks for the cast's first read only: others may not be changed
 * by the write, and what they count then is counted on one side. null: nothing old was served.
 */
export async function confirmEqualStarts(options: ConfirmOptions): Promise<Broken | null> {
  const { run, shape, seed, scenario } = options;
  if (shape.reads === 0) return null;
  for (const plan of countTo(shape.writes, (n) => alike(writeRef(n), readRef(0), seed))) {
    const history = await run(plan, FIRST);
    const finding = freshInSequence.judge(history, scenario);
    if (finding?.kind === "stale") return await tell(options, plan);
  }
  return null;
}

/** Each instance serves the write once and the read once. */
function alike(write: RequestRef, read: RequestRef, seed: string): RunPlan {
  const actors = [write, read, write, read].map((ref, n) => ({ ref, instance: n === 0 || n === 3 ? 0 : 1 }) as const);
  return { phases: actors.map((actor) => ({ actors: [actor] })), probe: false, seed };
}

async function tell(options: ConfirmOptions, plan: RunPlan): Promise<Broken | null> {
  const { run, scenario, seed, without } = options;
  const history: History = await run(plan, FIRST);
  const finding = freshInSequence.judge(history, scenario);
  if (finding === null) return null;
  const shape = { ...options.shape, changes: [] };
  const told = await tellShrunk({
    property: freshInSequence,
    setting: settingOf(scenario, { shape, seed, thorough: false, small: true }),
    run,
    failure: { history, finding },
    found: 1,
    shrunkFrom: countActors(plan),
    without: without?.repairs ?? [],
  });
  const { id, star } = freshInSequence;
  return told && { property: id, star, cause: told.cause, counterexample: told.counterexample };
}
