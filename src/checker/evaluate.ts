/**
 * Asks one property: explores its plans completely, then tries its larger plans. Takes a run and a budget; gives what
 * was explored and the first failure. Neither shrinks nor explains.
 */
import type { Claim, History, Run, RunPlan } from "../vocabulary.ts";
import type { Budget } from "./budget.ts";
import { randomChooser } from "./choose/random.ts";
import type { Exploration, Failure } from "./explore.ts";
import { explore } from "./explore.ts";
import { withForgetfulClients } from "./forgetful-clients.ts";
import type { Property, Setting } from "./properties/property.ts";
import { createRandom } from "./random.ts";

export interface Evaluation {
  readonly failure: Failure | null;
  readonly claim: Claim;
  readonly diverged: boolean;
}

export interface EvaluateOptions {
  readonly property: Property;
  readonly setting: Setting;
  readonly run: Run;
  readonly budget: Budget;
  watch(history: History): void;
  /** As of `ExploreOptions`. */
  readonly full?: boolean;
  /** One schedule after the other unless given. */
  readonly explore?: typeof explore;
}

export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { property, setting, explore: exploreAll = explore } = options;
  const switches = property.switches(setting);
  const explored = await exploreAll({ ...exploring(options), plans: property.plans(setting), switches });
  const tried = explored.complete ? await trySample(options) : null;
  const schedules = explored.schedules + (tried?.schedules ?? 0);
  const claim: Claim = {
    schedules,
    requests: explored.requests,
    switches,
    complete: explored.complete && tried?.failure === null,
  };
  return {
    failure: explored.failure ?? tried?.failure ?? null,
    claim,
    diverged: explored.diverged || tried?.diverged === true,
  };
}

type Tried = Pick<Exploration, "failure" | "schedules" | "diverged">;

function exploring({
  property,
  setting,
  run,
  budget,
  watch,
  full = false,
}: EvaluateOptions): Omit<Parameters<typeof explore>[0], "plans" | "switches"> {
  return {
    run,
    budget,
    watch,
    full,
    judge: (history) => property.judge(history, setting),
    follow: (history) => [...(property.follow?.(history) ?? []), ...withForgetfulClients(history)],
  };
}

async function trySample(options: EvaluateOptions): Promise<Tried> {
  const sample = options.property.sample?.(options.setting);
  if (sample === undefined) return { failure: null, schedules: 0, diverged: false };
  if (sample.how === "in-order")
    return await (options.explore ?? explore)({ ...exploring(options), ...sample, switches: 0 });
  let schedules = 0;
  for (const plan of sample.plans) {
    const tried = await tryAtRandom(options, plan, sample.perPlan);
    schedules += tried.schedules;
    if (tried.failure !== null) return { ...tried, schedules };
  }
  return { failure: null, schedules, diverged: false };
}

async function tryAtRandom(options: EvaluateOptions, plan: RunPlan, times: number): Promise<Tried> {
  const { property, setting, run, budget, watch } = options;
  const random = createRandom(`${plan.seed}/choices`);
  let steps = 32;
  for (let schedules = 0; schedules < times; schedules += 1) {
    if (!budget.take()) return { failure: null, schedules, diverged: false };
    const history = await run(plan, randomChooser({ random, steps, depth: random.integer(2, 4) }));
    watch(history);
    steps = history.schedule.length;
    const finding = property.judge(history, setting);
    if (finding !== null) return { failure: { history, finding }, schedules: schedules + 1, diverged: false };
  }
  return { failure: null, schedules: times, diverged: false };
}
