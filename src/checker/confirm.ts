/**
 * The second judgement before any pass, and before any star: the properties again, over fresh data and a smaller but
 * complete set of plans, against a run that the handlers cannot influence. The same judge as the check itself.
 */
import type { Cause, Chooser, Counterexample, History, PropertyId, RunPlan, Star } from "../vocabulary.ts";
import { createBudget } from "./budget.ts";
import type { CheckOptions } from "./check.ts";
import { judgeAll } from "./check.ts";
import { measureChanges } from "./measure-changes.ts";
import { freshInSequence } from "./properties/fresh-in-sequence.ts";
import { settingOf } from "./setting.ts";
import type { Told } from "./tell-failure.ts";
import { tellFailure } from "./tell-failure.ts";
import type { Witnesses } from "./witnesses.ts";
import { createWitnesses, missingWitness } from "./witnesses.ts";

export interface ConfirmOptions extends Omit<CheckOptions, "stars" | "budget" | "thorough"> {
  /** Whose properties are judged. */
  readonly stars: readonly Star[];
}

export interface Broken {
  readonly property: PropertyId;
  readonly star: Star;
  readonly cause: Cause;
  readonly counterexample: Counterexample;
}

export interface Confirmation {
  readonly broken: readonly Broken[];
  readonly schedules: number;
  /** Every plan was run, nothing diverged, and everything that a pass must have seen was seen. */
  readonly complete: boolean;
  readonly witnesses: Readonly<Witnesses>;
}

export const MOST_SCHEDULES = 2_000;
const FIRST: Chooser = { choose: () => 0 };

export async function confirm(options: ConfirmOptions): Promise<Confirmation> {
  const { run, seed, scenario } = options;
  const { shape, unanswered } = await measureChanges({ run, shape: options.shape, seed });
  const setting = settingOf(scenario, { shape, seed, thorough: false, small: true });
  const budget = createBudget({ schedules: MOST_SCHEDULES, expired: () => options.expired() });
  const witnesses = createWitnesses();
  const judged = await judgeAll({ options, setting, budget, seen: witnesses, unanswered }, options.stars);
  const broken = judged.flatMap(({ result, told }) =>
    told === null ? [] : [brokenBy({ property: result.id, star: result.star }, told)],
  );
  const isHeld = judged.every(({ result, nondeterministic }) => result.claim.complete && !nondeterministic);
  const complete = isHeld && missingWitness(witnesses) === null;
  return { broken, schedules: budget.spent, complete, witnesses };
}

function brokenBy(property: Pick<Broken, "property" | "star">, { cause, counterexample }: Told): Broken {
  return { ...property, cause, counterexample };
}

export interface ConfirmedStory {
  /** In the order of the plans; those after a broken one are not played. */
  readonly histories: readonly History[];
  readonly broken: Broken | null;
  /** False where a failure did not show again. */
  readonly complete: boolean;
}

/** Judges single runs over data of the caller's choice, one request a phase, like any other sequence. */
export async function confirmStory(
  options: Omit<ConfirmOptions, "stars" | "expired"> & { plans: readonly RunPlan[] },
): Promise<ConfirmedStory> {
  const { run, scenario, plans } = options;
  const histories: History[] = [];
  for (const plan of plans) {
    const history = await run(plan, FIRST);
    histories.push(history);
    const finding = freshInSequence.judge(history, scenario);
    if (finding === null) continue;
    const told = await tellStory({ options, plan, upTo: finding.request, found: histories.length });
    const { id, star } = freshInSequence;
    return { histories, broken: told && brokenBy({ property: id, star }, told), complete: told !== null };
  }
  return { histories, broken: null, complete: true };
}

/** Without the requests that came after: nothing makes shrinking as quick. */
async function tellStory(telling: {
  options: Omit<ConfirmOptions, "stars" | "expired">;
  plan: RunPlan;
  upTo: number;
  found: number;
}): Promise<Told | null> {
  const { options, plan, upTo, found } = telling;
  const { run, seed, scenario } = options;
  const history = await run({ ...plan, phases: plan.phases.slice(0, upTo + 1) }, FIRST);
  const finding = freshInSequence.judge(history, scenario);
  if (finding === null) return null;
  const { shape } = await measureChanges({ run, shape: options.shape, seed });
  const setting = settingOf(scenario, { shape, seed, thorough: false, small: true });
  const without = options.without?.repairs ?? [];
  return await tellFailure({ property: freshInSequence, setting, run, failure: { history, finding }, found, without });
}
