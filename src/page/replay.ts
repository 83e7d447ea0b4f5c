/** Stepping through a counterexample: which steps there are, and what stands in the two numbers at each. */
import type { Counterexample, StoryStep } from "../vocabulary.ts";

export interface ReplayedStep {
  /** From 0. */
  readonly nth: number;
  readonly count: number;
  /** null: the verdict says none, and the live figures stay. */
  readonly figures: { readonly shown: number | null; readonly actual: number } | null;
}

/** null: nothing is being stepped through. `nth` may be past the end of a story that was replaced meanwhile. */
export function replayedStep(story: Counterexample | null, nth: number | null): ReplayedStep | null {
  if (story === null || nth === null || story.steps.length === 0) return null;
  const within = Math.min(nth, story.steps.length - 1);
  return { nth: within, count: story.steps.length, figures: story.steps[within]?.figures ?? null };
}

/** `by` steps on or back, within the story; from outside it, the first. */
export function moved(nth: number | null, by: number, count: number): number {
  if (nth === null) return 0;
  return Math.min(count - 1, Math.max(0, nth + by));
}

/** The parts of a story in which requests could meet, each with the requests that take part. */
export interface Scene {
  readonly actors: readonly number[];
  readonly steps: readonly { readonly step: StoryStep; readonly nth: number }[];
}

export function scenesOf({ requests, steps }: Pick<Counterexample, "requests" | "steps">): Scene[] {
  const phases = new Map(requests.map(({ actor, phase }) => [actor, phase]));
  const scenes: { step: StoryStep; nth: number }[][] = [];
  let opened = -1;
  steps.forEach((step, nth) => {
    const phase = phases.get(step.actor) ?? 0;
    // A step left behind by an earlier request happens in the scene that is on.
    if (phase > opened || scenes.length === 0) scenes.push([]);
    opened = Math.max(opened, phase);
    scenes.at(-1)?.push({ step, nth });
  });
  return scenes.map((inScene) => ({
    steps: inScene,
    actors: [...new Set(inScene.map(({ step }) => step.actor))].toSorted((one, other) => one - other),
  }));
}

/** A, B, … Z, then A1, B1, … */
export function actorLetter(actor: number): string {
  const round = Math.floor(actor / 26);
  return `${String.fromCodePoint(65 + (actor % 26))}${round === 0 ? "" : String(round)}`;
}
