/**
 * What two processes do that begin alike: a number that each counts for itself from the same start is the same in both,
 * and means something else. After thousands of worlds the counts of two instances have drifted apart, and nothing is
 * seen; so this comes first, and whatever is played leaves both instances with as much behind them.
 */
import type { Chooser, History, RunPlan } from "../vocabulary.ts";
import type { Broken, Confirmation, ConfirmOptions } from "./confirm.ts";
import { countActors } from "./explore.ts";
import { freshInSequence } from "./properties/fresh-in-sequence.ts";
import { countTo, onEachInstance, readRef, writeRef } from "./properties/phases.ts";
import { settingOf } from "./setting.ts";
import { tellShrunk } from "./tell-failure.ts";
import { createWitnesses, witness } from "./witnesses.ts";

const FIRST: Chooser = { choose: () => 0 };

/**
 * Takes a run over handlers that have served nothing yet. Asks for the cast's first read only: others may not be changed
 * by the write, and what they count then is counted on one side. null: everything held. A failure that does not show
 * again is told as a run that is not complete.
 */
export async function confirmEqualStarts(options: ConfirmOptions): Promise<Confirmation | null> {
  const { run, shape, seed, scenario } = options;
  if (shape.reads === 0) return null;
  const witnesses = createWitnesses();
  for (const [played, plan] of countTo(shape.writes, (n) => alike(n, seed)).entries()) {
    const history = await run(plan, FIRST);
    witness(witnesses, history);
    const finding = freshInSequence.judge(history, scenario);
    if (finding === null) continue;
    const broken = await tell(options, plan, played + 1);
    return { broken: broken === null ? [] : [broken], schedules: played + 1, complete: false, witnesses };
  }
  return null;
}

function alike(write: number, seed: string): RunPlan {
  return { phases: onEachInstance({ write: writeRef(write), read: readRef(0) }), probe: false, seed };
}

async function tell(options: ConfirmOptions, plan: RunPlan, found: number): Promise<Broken | null> {
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
    found,
    shrunkFrom: countActors(plan),
    without: without?.repairs ?? [],
  });
  const { id, star } = freshInSequence;
  return told && { property: id, star, cause: told.cause, counterexample: told.counterexample };
}
