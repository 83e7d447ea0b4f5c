/** A counterexample's steps, numbered and cut into scenes: what one picture can show side by side. */
import type { Counterexample, StoryStep } from "../vocabulary.ts";
import type { Glyphs } from "./verdict-glyphs.ts";
import { type Span, span } from "./verdict-ink.ts";

export interface ColumnsOptions {
  /** Terminal columns for the whole picture; 40 is the least that reads well. */
  readonly width: number;
  readonly glyphs: Glyphs;
  /** Say which app instance serves each request. */
  readonly instances: boolean;
}

export interface NumberedStep extends StoryStep {
  /** Counted from 1 over the whole counterexample. */
  readonly number: number;
}

/** Steps between two moments at which everybody was answered, and the requests that take part in them. */
export interface Scene {
  /** The newest phase; whoever belongs to an older one was answered before. */
  readonly phase: number;
  readonly actors: Counterexample["requests"];
  readonly steps: readonly NumberedStep[];
}

/** Columns to the left of every picture, for the steps' numbers. */
export const GUTTER = 6;

type Story = Pick<Counterexample, "requests" | "steps">;

/** One scene per phase. A step left behind belongs to the scene in which it ran. */
export function splitScenes({ requests, steps }: Story): Scene[] {
  const phases = new Map(requests.map(({ actor, phase }) => [actor, phase]));
  const scenes = new Map<number, NumberedStep[]>();
  let current = 0;
  for (const [position, step] of steps.filter(isTelling).entries()) {
    current = Math.max(current, phases.get(step.actor) ?? 0);
    scenes.set(current, [...(scenes.get(current) ?? []), { ...step, number: position + 1 }]);
  }
  return [...scenes].map(([phase, own]) => sceneOf(own, { phase, requests }));
}

/** An arrival that goes straight on tells nothing that the request's name at the top does not. */
function isTelling(step: StoryStep, position: number, steps: readonly StoryStep[]): boolean {
  const next = steps[position + 1];
  return step.kind !== "arrival" || (next !== undefined && next.actor !== step.actor);
}

/** True where control goes from one request to another. */
export function switchesAt({ steps }: Scene, position: number): boolean {
  const before = steps[position - 1];
  return before !== undefined && before.actor !== steps[position]?.actor;
}

export function gutter(label: string): Span {
  return span(`${label.padStart(GUTTER - 2)}  `, "dim");
}

function sceneOf(
  steps: readonly NumberedStep[],
  { phase, requests }: Pick<Story, "requests"> & { phase: number },
): Scene {
  const present = requests.filter(({ actor }) => steps.some((step) => step.actor === actor));
  return { phase, steps, actors: present.toSorted((one, other) => one.actor - other.actor) };
}
