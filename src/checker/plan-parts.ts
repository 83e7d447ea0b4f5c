/** Smaller plans made from a plan: without one request, on one instance, without a fault. Pure; runs nothing. */
import type { Actor, Phase, RunPlan } from "../vocabulary.ts";

/** A smaller plan, with the new number of each of the old plan's actors; null: left out. */
export interface Part {
  readonly plan: RunPlan;
  rename(actor: number): number | null;
}

/** `left` is the first actor that is left out, and `count` how many are. */
export function withoutActors(plan: RunPlan, left: number, count: number): Part {
  const isLeft = (number: number): boolean => number >= left && number < left + count;
  let actor = -1;
  const phases: Phase[] = plan.phases.map((phase) => ({
    ...phase,
    actors: phase.actors.filter(() => {
      actor += 1;
      return !isLeft(actor);
    }),
  }));
  return {
    plan: { ...plan, phases: withoutEmpty(phases) },
    rename: (old) => (isLeft(old) ? null : old < left ? old : old - count),
  };
}

/** Time that passed before a request passes without it, too: it may be what the failure is about. */
function withoutEmpty(phases: readonly Phase[]): Phase[] {
  let passed = 0;
  return phases.flatMap((phase) => {
    const wait = phase.wait === undefined ? passed : phase.wait + passed;
    passed = phase.actors.length === 0 ? wait : 0;
    if (phase.actors.length === 0) return [];
    return wait === 0 ? phase : { ...phase, wait };
  });
}

export function onOneInstance(plan: RunPlan): Part {
  const move = (actor: Actor): Actor => ({ ...actor, instance: 0 });
  return {
    plan: { ...plan, phases: plan.phases.map((phase) => ({ ...phase, actors: phase.actors.map(move) })) },
    rename: (old) => old,
  };
}

export function withoutFaults({ faults: _, ...plan }: RunPlan): Part {
  return { plan, rename: (old) => old };
}

export function usesBothInstances(plan: RunPlan): boolean {
  return plan.phases.some((phase) => phase.actors.some((actor) => actor.instance === 1));
}
