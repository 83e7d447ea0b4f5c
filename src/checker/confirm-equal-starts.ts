/**
 * What two processes do that begin alike: a number that each counts for itself from the same start is the same in both,
 * and means something else. After thousands of worlds the counts of two instances have drifted apart, and nothing is
 * seen; so this comes first, and whatever is played leaves both instances with as much behind them.
 */
import type { Chooser, History, Phase, RunPlan } from "../vocabulary.ts";
import type { Broken, Confirmation, ConfirmOptions } from "./confirm.ts";
import { countActors } from "./explore.ts";
import { freshInSequence } from "./properties/fresh-in-sequence.ts";
import { countTo, onEachInstance, readRef, writeRef } from "./properties/phases.ts";
import { settingOf } from "./setting.ts";
import { tellShrunk } from "./tell-failure.ts";
import { createWitnesses, witness } from "./witnesses.ts";

const FIRST: Chooser = { choose: () => 0 };

/**
 * Takes a run over handlers that have served nothing yet. Asks for the cast's first read, and once for the first shared
 * one: others may not be changed by the write, and what they count then is counted on one side. null: everything held. A
 * failure that does not show again is told as a run that is not complete.
 */
export async function confirmEqualStarts(options: ConfirmOptions): Promise<Confirmation | null> {
  const { run, shape, seed, scenario } = options;
  if (shape.reads === 0) return null;
  const witnesses = createWitnesses();
  for (const [played, plan] of plansOf(shape, seed).entries()) {
    const history = await run(plan, FIRST);
    witness(witnesses, history);
    const finding = freshInSequence.judge(history, scenario);
    if (finding === null) continue;
    const broken = await tell(options, plan, played + 1);
    return { broken: broken === null ? [] : [broken], schedules: played + 1, complete: false, witnesses };
  }
  return null;
}

/** The shared one early: a write that is refused the second time is counted on one side, too. */
function plansOf({ writes, shared = [] }: ConfirmOptions["shape"], seed: string): RunPlan[] {
  const own = countTo(writes, (n) => onEachInstance({ write: writeRef(n), read: readRef(0) }));
  const ofAll = writes > 0 ? shared.slice(0, 1).map((read) => byTwoWriters(read, writes - 1)) : [];
  return [...own.slice(0, 1), ...ofAll, ...own.slice(1)].map((phases) => ({ phases, probe: false, seed }));
}

/** Two different writes: repeated, one may leave a list as it is. */
function byTwoWriters(shared: number, last: number): Phase[] {
  const read = readRef(shared);
  return [
    ...onEachInstance({ write: writeRef(0), read }).slice(0, 2),
    ...onEachInstance({ write: writeRef(last), read }).slice(2),
  ];
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
