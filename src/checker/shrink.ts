/**
 * Finds a shorter story of the same failure: fewer requests, then one instance, then fewer switches, then no fault.
 * Takes a failure and the property it breaks; gives one that breaks the same property in the same way. Deterministic,
 * and bounded in runs.
 */
import type { Finding, History, Run, RunPlan } from "../vocabulary.ts";
import { createBudget } from "./budget.ts";
import { followOrder } from "./choose/replay.ts";
import type { Failure } from "./explore.ts";
import { countActors, explore } from "./explore.ts";
import type { Part } from "./plan-parts.ts";
import { onOneInstance, usesBothInstances, withoutActors, withoutFaults } from "./plan-parts.ts";
import type { Property, Setting } from "./properties/property.ts";

/** Schedules that one smaller plan may take until it fails as well. */
const RUNS_PER_PART = 150;
/** Schedules that all of shrinking may take. */
const RUNS = 1_500;
const MOST_SWITCHES = 2;
/** Requests of a plan that is shrunk one by one. */
const LONG = 12;

export interface ShrinkOptions {
  readonly property: Property;
  readonly setting: Setting;
  readonly run: Run;
  readonly failure: Failure;
}

export async function shrink(options: ShrinkOptions): Promise<Failure> {
  const total = createBudget({ schedules: RUNS, expired: () => false });
  const fewer = await dropRequests({ ...options, total });
  const nearer = await accept(
    { ...options, total, failure: fewer },
    usesBothInstances(fewer.history.plan) ? [onOneInstance(fewer.history.plan)] : [],
  );
  const calmer = await dropSwitches({ ...options, total, failure: nearer ?? fewer });
  return (await dropFaults({ ...options, total, failure: calmer })) ?? calmer;
}

interface Shrinking extends ShrinkOptions {
  readonly total: { take(): boolean };
}

/**
 * Leaves out one request after the other, the last first, until none can be spared; of long plans whole stretches before
 * that. Keeps one history at a time: those of a year fill a process.
 */
async function dropRequests(shrinking: Shrinking): Promise<Failure> {
  let { failure } = shrinking;
  for (const size of stretches(countActors(failure.history.plan))) {
    for (;;) {
      const smaller = await accept({ ...shrinking, failure }, partsWithout(failure.history.plan, size));
      if (smaller === null) break;
      failure = smaller;
    }
  }
  return failure;
}

/** Lengths of stretches: from half of a long plan down to one request. */
function stretches(actors: number): number[] {
  return actors <= LONG ? [1] : [Math.floor(actors / 2), ...stretches(Math.floor(actors / 2))];
}

function partsWithout(plan: RunPlan, size: number): Part[] {
  const actors = countActors(plan);
  const starts = Array.from({ length: Math.ceil(actors / size) }, (_, n) => Math.max(0, actors - (n + 1) * size));
  return starts.map((start) => withoutActors(plan, start, size)).filter((part) => part.plan.phases.length > 0);
}

async function dropSwitches(shrinking: Shrinking): Promise<Failure> {
  const { history } = shrinking.failure;
  if (history.switches === 0) return shrinking.failure;
  const fewest = await search(
    shrinking,
    { plan: history.plan, rename: (actor) => actor },
    Math.min(MOST_SWITCHES, history.switches - 1),
  );
  return fewest ?? shrinking.failure;
}

/** An outage that starts later leaves more of the story in order; an outage that is not needed leaves all of it. */
async function dropFaults(shrinking: Shrinking): Promise<Failure | null> {
  const { plan } = shrinking.failure.history;
  return plan.faults === undefined ? null : await accept(shrinking, [withoutFaults(plan)]);
}

/** The first part that still fails. */
async function accept(shrinking: Shrinking, parts: readonly Part[]): Promise<Failure | null> {
  for (const part of parts) {
    const failure =
      (await follow(shrinking, part)) ??
      (await search(shrinking, part, Math.min(MOST_SWITCHES, shrinking.failure.history.switches)));
    if (failure !== null) return failure;
  }
  return null;
}

/** Tries the old order of events on the smaller plan: one run, and often enough. */
async function follow({ property, setting, run, failure, total }: Shrinking, part: Part): Promise<Failure | null> {
  if (!total.take()) return null;
  const history = await run(part.plan, followOrder(failure.history, part.rename));
  const finding = alike(failure.finding, property.judge(history, setting));
  return finding === null || history.end.kind === "diverged" ? null : { history, finding };
}

async function search(shrinking: Shrinking, part: Part, switches: number): Promise<Failure | null> {
  const { property, setting, run, failure, total } = shrinking;
  const own = createBudget({ schedules: RUNS_PER_PART, expired: () => !total.take() });
  const judge = (history: History): Finding | null => alike(failure.finding, property.judge(history, setting));
  const explored = await explore({ run, plans: [part.plan], switches, budget: own, judge });
  return explored.failure;
}

function alike(wanted: Finding, found: Finding | null): Finding | null {
  return found !== null && found.kind === wanted.kind && found.cause === wanted.cause ? found : null;
}
