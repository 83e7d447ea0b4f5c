/**
 * Numbers what a service tells and packs it into server-sent messages: a snapshot for who is new, a frame for what
 * happened since the last one, and the same for who was away. Pure; each message is made once for everybody.
 */
import type { LivePoint, LiveState, LiveStep } from "../vocabulary.ts";
import { createRing } from "./ring.ts";

export interface EventHub {
  step(step: LiveStep): void;
  point(point: LivePoint): void;
  /** What was told no longer counts. */
  clear(): void;
  /** What happened since the last call; null: nothing. `state`: null when it is as before. */
  frame(state: LiveState | null): string | null;
  /** For who has heard everything up to the message `id`; null: it is not ours, or too long ago. */
  since(id: string, state: LiveState): string | null;
  snapshot(state: LiveState): string;
  /** Leaves out what nobody was there to hear. */
  skip(): void;
}

/** Steps and points that can be told to somebody who was away, and steps told to who is new. */
const MOST_STEPS = 10_000;
const MOST_POINTS = 3000;
const STEPS_AT_FIRST = 400;
/** Characters of one step: a page shows no more. */
const LONGEST_STEP = 6000;

/** `boot` differs for each start of the server. */
export function createEventHub(boot: string): EventHub {
  const steps = createRing<LiveStep>(MOST_STEPS);
  const points = createRing<LivePoint>(MOST_POINTS);
  let told = { steps: 0, points: 0 };
  const here = (): typeof told => ({ steps: steps.last, points: points.last });
  const id = (): string => `${boot}-${steps.last}-${points.last}`;
  const pack = (from: typeof told, state: LiveState | null): string | null => {
    const missed = { steps: steps.since(from.steps), points: points.since(from.points) };
    if (missed.steps === null || missed.points === null) return null;
    return `id: ${id()}\nevent: frame\ndata: ${frameText({ steps: missed.steps, last: steps.last }, missed.points, state)}\n\n`;
  };
  return {
    step: (step) => void steps.push(step),
    point: (point) => void points.push(point),
    clear: () => {
      steps.clear();
      points.clear();
    },
    frame: (state) => {
      const nothing = state === null && told.steps === steps.last && told.points === points.last;
      const message = nothing ? null : pack(told, state);
      told = here();
      return message;
    },
    since: (given, state) => {
      const place = placeOf(given, boot);
      return place === null ? null : pack(place, state);
    },
    snapshot: (state) => {
      const text = frameText(
        { steps: steps.newest(STEPS_AT_FIRST), last: steps.last },
        points.newest(MOST_POINTS),
        state,
      );
      return `id: ${id()}\nevent: snapshot\ndata: ${text}\n\n`;
    },
    skip: () => void (told = here()),
  };
}

/** `last`: the position of the last of them. */
interface Told {
  readonly steps: readonly LiveStep[];
  readonly last: number;
}

function frameText({ steps, last }: Told, points: readonly LivePoint[], state: LiveState | null): string {
  const first = last - steps.length + 1;
  const told = steps.map((step, n) => stepText(step, first + n)).join(",");
  return `{"steps":[${told}],"points":${JSON.stringify(points)},"state":${JSON.stringify(state)}}`;
}

function stepText(step: LiveStep, position: number): string {
  const text = JSON.stringify(step);
  return `{"position":${position},${(text.length > LONGEST_STEP ? shortened(step) : text).slice(1)}`;
}

function shortened(step: LiveStep): string {
  return JSON.stringify(step, (_, value: unknown) =>
    typeof value === "string" && value.length > 500
      ? `${value.slice(0, 500)}…`
      : Array.isArray(value) && value.length > 20
        ? value.slice(0, 20)
        : value,
  );
}

function placeOf(id: string, boot: string): { steps: number; points: number } | null {
  const [, theirs, steps, points] = /^([\w]+)-(\d{1,15})-(\d{1,15})$/u.exec(id) ?? [];
  return theirs === boot ? { steps: Number(steps), points: Number(points) } : null;
}
