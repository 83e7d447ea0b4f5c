/**
 * Runs plans under every schedule: all with no switch, then all with one, then two … (iterative context bounding,
 * Musuvathi and Qadeer, PLDI 2007), each exactly once, so the first failure has the fewest switches. The only reduction
 * is of timers that do nothing. Takes a judge and stops at its first finding; knows no property.
 */
import type { Chooser, Finding, History, Run, RunPlan } from "../vocabulary.ts";
import type { Budget } from "./budget.ts";
import type { Beginning } from "./choose/exhaustive.ts";
import { branches, EMPTY, followBeginning } from "./choose/exhaustive.ts";
import { QuietTimers } from "./choose/quiet-timers.ts";

export interface Failure {
  readonly history: History;
  readonly finding: Finding;
}

export interface Exploration {
  readonly failure: Failure | null;
  readonly schedules: number;
  /** Most requests in one plan, the probe's reads not counted. */
  readonly requests: number;
  readonly complete: boolean;
  /** A beginning that had been played could not be played again. */
  readonly diverged: boolean;
}

export interface ExploreOptions {
  readonly run: Run;
  readonly plans: readonly RunPlan[];
  /** Most switches in a schedule. */
  readonly switches: number;
  readonly budget: Budget;
  judge(history: History): Finding | null;
  /** Sees every history, the failing one included. */
  watch?(history: History): void;
  /** Further plans that a plan's first history calls for. */
  follow?(history: History): readonly RunPlan[];
  /** Schedules of one plan that are run at most; unlimited unless given. What is beyond is not claimed. */
  readonly perPlan?: number;
  /** Without any reduction: for tests that compare. */
  readonly full?: boolean;
}

interface Item {
  readonly plan: RunPlan;
  readonly beginning: Beginning;
  readonly tally: { runs: number };
}

/** Again from the start, knowing better, when a timer that was passed over has done something after all. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  for (let quiet = new QuietTimers(); ; quiet = new QuietTimers(quiet.active)) {
    const explored = await exploreOnce(options, quiet);
    if (!quiet.mistaken || explored.failure !== null) return explored;
  }
}

async function exploreOnce(options: ExploreOptions, quiet: QuietTimers): Promise<Exploration> {
  const queues: Item[][] = Array.from({ length: options.switches + 1 }, () => []);
  const add = (plan: RunPlan): void => void queues[0]?.push({ plan, beginning: EMPTY, tally: { runs: 0 } });
  options.plans.forEach(add);
  let schedules = 0;
  let requests = 0;
  for (const queue of queues) {
    // The queue grows while it is walked: a free choice leads to a schedule with as many switches.
    for (const item of queue) {
      if (item.tally.runs >= (options.perPlan ?? Infinity)) continue;
      if (quiet.passesOver(item.beginning)) continue;
      if (!options.budget.take()) return { failure: null, schedules, requests, complete: false, diverged: false };
      const history = await play(options, item);
      schedules += 1;
      requests = Math.max(requests, countActors(item.plan));
      if (history.end.kind === "diverged")
        return { failure: null, schedules, requests, complete: false, diverged: true };
      const finding = options.judge(history);
      if (finding !== null)
        return { failure: { history, finding }, schedules, requests, complete: false, diverged: false };
      if (options.full !== true) quiet.learn(history);
      if (quiet.mistaken) return { failure: null, schedules, requests, complete: false, diverged: false };
      if (item.beginning === EMPTY) options.follow?.(history).forEach(add);
      for (const beginning of branches(item.beginning, history, options))
        queues[beginning.switches]?.push({ ...item, beginning });
    }
    queue.length = 0;
  }
  return { failure: null, schedules, requests, complete: true, diverged: false };
}

async function play(options: ExploreOptions, { plan, beginning, tally }: Item): Promise<History> {
  tally.runs += 1;
  const chooser: Chooser = followBeginning(beginning);
  const history = await options.run(plan, chooser);
  options.watch?.(history);
  return history;
}

export function countActors(plan: RunPlan): number {
  return plan.phases.reduce((sum, phase) => sum + phase.actors.length, 0);
}
