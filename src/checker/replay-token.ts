/**
 * Plays one recorded schedule again and judges it by the property it broke. Takes a token and a run; gives a verdict
 * whose counterexample is null when the failure does not show.
 */
import { WorkshopError } from "../errors.ts";
import type { CastShape, History, Run, Verdict } from "../vocabulary.ts";
import type { Without } from "./judge-property.ts";
import { replaySchedule } from "./choose/replay.ts";
import { countActors } from "./explore.ts";
import { measureChanges } from "./measure-changes.ts";
import { propertiesOf } from "./properties/all.ts";
import type { Property, Setting } from "./properties/property.ts";
import type { Told } from "./tell-failure.ts";
import type { CheckedScenario } from "./setting.ts";
import { settingOf } from "./setting.ts";
import { tellShrunk } from "./tell-failure.ts";
import type { Replay } from "./token.ts";
import { decodeToken } from "./token.ts";
import { verdictOf } from "./verdict.ts";
import { createWitnesses } from "./witnesses.ts";

export interface ReplayOptions {
  readonly scenario: CheckedScenario;
  readonly token: string;
  readonly run: Run;
  /** Needed to tell `only-some-requests` from `never-invalidated`: without it the latter is named. */
  readonly shape?: Omit<CastShape, "changes">;
  readonly without?: Without;
}

/** Throws a WorkshopError (`usage`) for a damaged token, or one that names a property the scenario does not have. */
export async function replayToken(options: ReplayOptions): Promise<Verdict> {
  const { scenario, run } = options;
  const replay = decodeToken(options.token);
  const property = propertyNamed(scenario, replay.property);
  const history = await run(replay.plan, replaySchedule(replay.schedule));
  const finding = history.end.kind === "diverged" ? null : property.judge(history, scenario);
  if (finding === null) return verdictOn({ options, replay, property, told: null, history });
  const failure = { history, finding };
  const shrunkFrom = countActors(replay.plan);
  const setting = await replaySetting(options, replay);
  const told = await tellShrunk({
    property,
    setting,
    run,
    failure,
    found: 1,
    shrunkFrom,
    without: options.without?.repairs ?? [],
  });
  return verdictOn({ options, replay, property, told, history });
}

/** Whether the failure shows, as often as asked. */
export async function findingReplays(options: ReplayOptions & { times: number }): Promise<boolean> {
  const { property: id, plan, schedule } = decodeToken(options.token);
  const property = propertyNamed(options.scenario, id);
  for (let time = 0; time < options.times; time += 1) {
    const history = await options.run(plan, replaySchedule(schedule));
    if (history.end.kind === "diverged" || property.judge(history, options.scenario) === null) return false;
  }
  return true;
}

function propertyNamed(scenario: ReplayOptions["scenario"], id: string): Property {
  const property = propertiesOf(scenario).find((known) => known.id === id);
  if (property !== undefined) return property;
  throw new WorkshopError({
    code: "usage",
    message: `This replay token is about the property ${id}, which ${scenario.slug} does not have.`,
    hint: "Name the scenario that the token was printed for.",
  });
}

async function replaySetting({ shape, run, scenario }: ReplayOptions, { plan }: Replay): Promise<Setting> {
  const { seed } = plan;
  const none = { reads: 0, writes: 0, refused: 0, changes: [] };
  const measured = shape === undefined ? none : (await measureChanges({ run, shape, seed })).shape;
  return settingOf(scenario, { shape: measured, seed, thorough: false, small: true });
}

interface Outcome {
  readonly options: ReplayOptions;
  readonly replay: Replay;
  readonly property: Property;
  readonly told: Told | null;
  readonly history: History;
}

function verdictOn({ options, replay, property, told, history }: Outcome): Verdict {
  const { id, star } = property;
  const claim = { schedules: 1, requests: countActors(replay.plan), switches: history.switches, complete: false };
  const broken = told === null ? {} : { cause: told.cause, counterexample: told.counterexample };
  const result = { id, star, outcome: told === null ? ("incomplete" as const) : ("broken" as const), claim, ...broken };
  const verdict = verdictOf({
    judged: [{ result, told, nondeterministic: false }],
    seen: createWitnesses(),
    scenario: options.scenario.slug,
    stars: 3,
    seed: replay.plan.seed,
  });
  const message = history.end.kind === "diverged" ? OTHER_STEPS : PASSES_NOW;
  return { ...verdict, stars: 0, requiredStars: options.scenario.requiredStars, ...(told === null ? { message } : {}) };
}

const OTHER_STEPS =
  "The handlers no longer take the steps that this story was recorded with, so it cannot be played with them. That is usual after an edit, and neither good nor bad.";
const PASSES_NOW =
  "The same requests took the same steps in the same order as in the recorded story, and this time nothing was wrong: this failure is gone. Others may be left.";
