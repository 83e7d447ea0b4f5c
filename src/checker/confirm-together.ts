/**
 * The confirm run for a run that plays worlds side by side: the same properties, plans and judge, in a fraction of the
 * time. It can only say that everything holds. Whatever else comes up is for `confirm`, which plays one world after the
 * other: handlers may share more between worlds than the service lets them, and then it is that order which counts.
 */
import type { History, Run, RunPlan, Scenario, Star } from "../vocabulary.ts";
import { createBudget } from "./budget.ts";
import type { CheckOptions } from "./check.ts";
import type { Confirmation, ConfirmOptions } from "./confirm.ts";
import { MOST_SCHEDULES } from "./confirm.ts";
import { evaluate } from "./evaluate.ts";
import { exploreTogether } from "./explore-together.ts";
import { measureTogether } from "./measure-changes.ts";
import { propertiesOf } from "./properties/all.ts";
import { freshInSequence } from "./properties/fresh-in-sequence.ts";
import { settingOf } from "./setting.ts";
import { createWitnesses, missingWitness, witness } from "./witnesses.ts";

/** null: not everything holds, or not beside other worlds. */
export async function confirmTogether(options: ConfirmOptions): Promise<Confirmation | null> {
  const { run, seed, scenario } = options;
  const shape = await measureTogether(options);
  if (shape === null) return null;
  const setting = settingOf(scenario, { shape, seed, thorough: false, small: true });
  const budget = createBudget({ schedules: MOST_SCHEDULES, expired: () => options.expired() });
  const witnesses = createWitnesses();
  const watch = (history: History): void => witness(witnesses, history);
  const asked = askedOf(scenario, options);
  const evaluations = await Promise.all(
    asked.map((property) => evaluate({ property, setting, run, budget, watch, explore: exploreTogether })),
  );
  const isHeld = evaluations.every(({ failure, claim, diverged }) => failure === null && claim.complete && !diverged);
  if (!isHeld || missingWitness(witnesses) !== null) return null;
  return { broken: [], schedules: budget.spent, complete: true, witnesses };
}

function askedOf(
  scenario: CheckOptions["scenario"],
  { stars, without }: Pick<ConfirmOptions, "without"> & { stars: readonly Star[] },
): ReturnType<typeof propertiesOf> {
  const off = without?.properties ?? [];
  return propertiesOf(scenario).filter(({ id, star }) => stars.includes(star) && !off.includes(id));
}

/** Single runs over data of the caller's choice; null as soon as one is not fresh throughout. */
export async function confirmStoryTogether(options: {
  run: Run;
  scenario: Pick<Scenario, "usefulFor">;
  plans: readonly RunPlan[];
}): Promise<readonly History[] | null> {
  const { run, scenario, plans } = options;
  const histories = await Promise.all(plans.map((plan) => run(plan, { choose: () => 0 })));
  return histories.some((history) => freshInSequence.judge(history, scenario) !== null) ? null : histories;
}
