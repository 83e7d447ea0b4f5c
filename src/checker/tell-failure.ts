/**
 * Makes a story of a failure: shrinks it, names its cause, writes it down in columns. Takes a failing history and the
 * property it breaks; null when the failure does not show again under the same schedule.
 */
import type { Cause, Counterexample, Finding, Location, Run } from "../vocabulary.ts";
import type { Failure } from "./explore.ts";
import { countActors } from "./explore.ts";
import { explain } from "./explain/explain.ts";
import { writeStory } from "./explain/story.ts";
import { playAgain } from "./play-again.ts";
import type { Property, Setting } from "./properties/property.ts";
import { shrink } from "./shrink.ts";
import { encodeToken } from "./token.ts";

export interface Told {
  readonly finding: Finding;
  readonly cause: Cause;
  readonly counterexample: Counterexample;
  readonly location: Location | null;
}

export interface TellOptions {
  readonly property: Property;
  readonly setting: Setting;
  readonly run: Run;
  readonly failure: Failure;
  /** Schedules run until it was found. */
  readonly found: number;
  /** Repairs switched off. */
  readonly without: readonly string[];
  /** Called with its replay token as soon as it is known what will be told, before that is explained. */
  readonly onShrunk?: (token: string) => void;
}

export async function tellFailure(options: TellOptions): Promise<Told | null> {
  const { property, setting, run, failure } = options;
  // Every run without an answer takes a second of real time: such a failure is told as it was found.
  if (failure.finding.kind === "never-answered")
    return await tellShrunk({ ...options, shrunkFrom: countActors(failure.history.plan) });
  const again = await playAgain({ property, setting, run, failure });
  if (again === null) return null;
  const shrunk = await shrink({ property, setting, run, failure: again });
  options.onShrunk?.(tokenOf(property, shrunk));
  return await tellShrunk({ ...options, failure: shrunk, shrunkFrom: countActors(failure.history.plan) });
}

/** Explains a failure as it is; `shrunkFrom` counts the requests it had when it was found. */
export async function tellShrunk(options: TellOptions & { shrunkFrom: number }): Promise<Told | null> {
  const { property, setting, run, failure, found, shrunkFrom } = options;
  const traced = await playAgain({ property, setting, run, failure, trace: true });
  if (traced === null) return null;
  const explanation = await explain({ ...options, failure: traced });
  const replay = tokenOf(property, failure);
  const story = writeStory({ failure: traced, explanation, figure: setting.figure });
  const counterexample: Counterexample = { ...story, property: property.id, shrunkFrom, found, replay };
  const location = explanation.location ?? null;
  return { finding: traced.finding, cause: explanation.cause, counterexample, location };
}

function tokenOf({ id }: Property, { history: { plan, schedule } }: Failure): string {
  return encodeToken({ property: id, plan, schedule });
}
