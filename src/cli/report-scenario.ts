/** From a scenario's records to its part of the report. Pure: every figure is counted from what was recorded. */
import type { AttemptRecord, Cause, ProgressEvent, Rung, Scenario, ScenarioReport, Timed } from "../vocabulary.ts";
import { momentsOf } from "./moments.ts";
import type { Recorded } from "./read-progress.ts";
import { timeSpent, workBefore } from "./time-spent.ts";
import { epochMilliseconds } from "./wall-clock.ts";

export interface ToReport {
  readonly scenario: Pick<Scenario, "slug" | "title" | "minutes" | "requiredStars">;
  readonly recorded: Recorded;
  /** Of the five rungs, the gentlest first. */
  readonly rungNames: readonly string[];
}

type Kept = AttemptRecord | ProgressEvent;

export function reportScenario({ scenario, recorded, rungNames }: ToReport): ScenarioReport {
  const { slug, title, minutes, requiredStars } = scenario;
  const moments = momentsOf<Kept>([...recorded.attempts, ...recorded.events]);
  const worked = workBefore(moments);
  const spent = new Map([...worked].map(([{ record }, milliseconds]) => [record, milliseconds]));
  const attempts = timed(recorded.attempts, spent);
  const events = timed(recorded.events, spent);
  return {
    slug,
    title,
    minutes,
    requiredStars,
    setUp: recorded.setUp,
    trouble: recorded.trouble,
    stars: attempts.reduce<ScenarioReport["stars"]>((most, { stars }) => (stars > most ? stars : most), 0),
    millisecondsSpent: timeSpent(moments),
    firstPass: firstPass(attempts, [...worked.keys()][0]?.at),
    attempts,
    events,
    pauses: pauses([...worked]),
    causes: causes(attempts),
    hints: rungNames.map((name, position) => ({
      rung: (position + 1) as Rung,
      name,
      shown: events.filter((event) => event.kind === "hint" && event.rung === position + 1).length,
    })),
    promptLevels: promptLevels(attempts, events),
  };
}

/** By time; a record whose time nobody can read comes first, as if it had been made at the start. */
function timed<Each extends Kept>(records: readonly Each[], spent: ReadonlyMap<Kept, number>): Timed<Each>[] {
  const rank = (record: Kept): number => epochMilliseconds(record.at) || 0;
  return [...records]
    .sort((one, other) => rank(one) - rank(other))
    .map((record) => ({ ...record, millisecondsSpent: spent.get(record) ?? 0 }));
}

function firstPass(attempts: readonly Timed<AttemptRecord>[], start: number | undefined): ScenarioReport["firstPass"] {
  const position = attempts.findIndex(({ verdict }) => verdict === "pass");
  const pass = attempts[position];
  if (pass === undefined) return null;
  const elapsed = epochMilliseconds(pass.at) - (start ?? Number.NaN);
  return {
    attempts: position + 1,
    millisecondsSpent: pass.millisecondsSpent,
    millisecondsElapsed: Number.isNaN(elapsed) ? 0 : elapsed,
  };
}

function pauses(worked: readonly (readonly [{ readonly at: number }, number])[]): ScenarioReport["pauses"] {
  return worked.flatMap(([{ at }, millisecondsSpent], position) => {
    const before = worked[position - 1];
    // Nobody was at work yet: what lies before is a machine that was made ready.
    if (before === undefined || millisecondsSpent === 0) return [];
    const milliseconds = at - before[0].at;
    return milliseconds > millisecondsSpent - before[1] ? [{ millisecondsSpent, milliseconds }] : [];
  });
}

function causes(attempts: readonly AttemptRecord[]): ScenarioReport["causes"] {
  const counts = new Map<Cause, number>();
  for (const { verdict, cause } of attempts) {
    if (cause !== null && verdict !== "pass") counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts]
    .map(([cause, count]) => ({ cause, attempts: count }))
    .sort((one, other) => other.attempts - one.attempts);
}

function promptLevels(
  attempts: readonly AttemptRecord[],
  events: readonly ProgressEvent[],
): ScenarioReport["promptLevels"] {
  const shown = events.flatMap((event) => (event.kind === "prompt" ? [event.level] : []));
  const used = attempts.flatMap(({ promptLevel }) => promptLevel ?? []);
  const levels = [...new Set([...shown, ...used])].sort((one, other) => one - other);
  return levels.map((level) => {
    const made = attempts.filter(({ promptLevel }) => promptLevel === level);
    return {
      level,
      shown: shown.filter((each) => each === level).length,
      attempts: made.length,
      passed: made.filter(({ verdict }) => verdict === "pass").length,
    };
  });
}
