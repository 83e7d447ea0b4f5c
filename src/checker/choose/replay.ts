/**
 * Plays a schedule again. Strict: the very options, or the run ends as diverged. Lenient, for a plan that was changed a
 * little: the same order of actors as far as it goes. Judges nothing.
 */
import type { Chooser, ChoicePoint, History, Schedule } from "../../vocabulary.ts";

/** Chooses -1, which ends the run as diverged, for an option that is not there or a step beyond the schedule. */
export function replaySchedule(schedule: Schedule): Chooser {
  let step = -1;
  return {
    choose(point) {
      step += 1;
      return point.options.findIndex((option) => option.id === schedule[step]);
    },
  };
}

interface Cue {
  readonly actor: number;
  readonly id: number;
  /** The actor had nothing left after this step: if it has now, it does that before anybody else goes on. */
  readonly last: boolean;
}

/** `rename` maps an actor of the history to its number in the changed plan; null: it does not take part. */
export function followOrder(
  history: Pick<History, "points" | "schedule">,
  rename: (actor: number) => number | null = same,
): Chooser {
  const cues = cuesOf(history, rename);
  let finishing: number | null = null;
  return {
    choose(point) {
      const rest = finishing === null ? -1 : optionOf(point, finishing);
      if (rest >= 0) return rest;
      finishing = null;
      for (let cue = cues.shift(); cue !== undefined; cue = cues.shift()) {
        const index = findCue(point, cue);
        if (index < 0) continue;
        if (cue.last) finishing = cue.actor;
        return index;
      }
      return 0;
    },
  };
}

function same(actor: number): number {
  return actor;
}

function cuesOf(
  { points, schedule }: Pick<History, "points" | "schedule">,
  rename: (actor: number) => number | null,
): Cue[] {
  const actors = schedule.map((id) => id >> 3);
  return schedule.flatMap((id, step) => {
    const actor = rename(id >> 3);
    if (actor === null) return [];
    const hasMore = points[step + 1]?.options.some((option) => option.actor === id >> 3) ?? false;
    return [{ actor, id: actor * 8 + (id & 7), last: !hasMore && !actors.includes(id >> 3, step + 1) }];
  });
}

function findCue(point: ChoicePoint, cue: Cue): number {
  const exact = point.options.findIndex((option) => option.id === cue.id);
  return exact >= 0 ? exact : optionOf(point, cue.actor);
}

function optionOf(point: ChoicePoint, actor: number): number {
  return point.options.findIndex((option) => option.actor === actor);
}
