/**
 * What the page knows of the service: the newest state, the newest steps, the chart so far, and whether it still hears
 * anything. Changed by messages only; computes no figure of its own.
 */
import type { LiveFrame, LivePoint, LiveSnapshot, LiveState, NumberedStep } from "../vocabulary.ts";

export interface Model {
  readonly connection: "connecting" | "live" | "lost";
  readonly known: Known | null;
  /** Oldest first, each position once. */
  readonly steps: readonly NumberedStep[];
  /** Oldest first. */
  readonly points: readonly LivePoint[];
  /** Of a stale entry that no fix could heal: `gone` once somebody has looked and nothing was hidden, until something is. */
  readonly poison: "none" | "there" | "gone";
}

interface Known {
  readonly state: LiveState;
  /** The page's own milliseconds at which the state came. */
  readonly receivedAt: number;
}

export type Message =
  | { readonly kind: "snapshot"; readonly snapshot: LiveSnapshot; readonly receivedAt: number }
  | { readonly kind: "frame"; readonly frame: LiveFrame; readonly receivedAt: number }
  | { readonly kind: "opened" }
  | { readonly kind: "lost" };

const STEPS_KEPT = 1500;
const POINTS_KEPT = 4000;

export const NOTHING_YET: Model = { connection: "connecting", known: null, steps: [], points: [], poison: "none" };

export function after(model: Model, message: Message): Model {
  switch (message.kind) {
    case "snapshot":
      return withSnapshot(message);
    case "frame":
      return withFrame(model, message);
    case "opened":
      return { ...model, connection: "live" };
    case "lost":
      return { ...model, connection: "lost" };
    default:
      return message satisfies never;
  }
}

function withSnapshot({ snapshot, receivedAt }: Message & { kind: "snapshot" }): Model {
  return {
    connection: "live",
    known: { state: snapshot.state, receivedAt },
    steps: snapshot.steps.slice(-STEPS_KEPT),
    points: snapshot.points.slice(-POINTS_KEPT),
    poison: snapshot.state.poisonedBeforeFix ? "there" : "none",
  };
}

function withFrame(model: Model, { frame, receivedAt }: Message & { kind: "frame" }): Model {
  const last = model.steps.at(-1)?.position ?? 0;
  const fresh = frame.steps.filter(({ position }) => position > last);
  return {
    connection: "live",
    known: frame.state === null ? model.known : { state: frame.state, receivedAt },
    steps: fresh.length === 0 ? model.steps : [...model.steps, ...fresh].slice(-STEPS_KEPT),
    points: withPoints(model, frame),
    poison: frame.state === null ? model.poison : poisonAfter(model, frame.state),
  };
}

/** A point may come without the rate of writes; the state tells it then, and also how it falls while nothing happens. */
function withPoints({ points, known }: Model, { points: fresh, state }: LiveFrame): Model["points"] {
  const rate = (state ?? known?.state)?.traffic.writesPerMinute;
  const rated = fresh.map((point) => (rate === undefined ? point : { writesPerMinute: rate, ...point }));
  const all = rated.length === 0 ? points : [...points, ...rated].slice(-POINTS_KEPT);
  if (state === null || rate === undefined || all.at(-1)?.writesPerMinute === rate) return all;
  const { shown, actual, awaitsLook } = state.figures;
  return [...all, { at: state.clock.now, shown, actual, awaitsLook, writesPerMinute: rate }];
}

/** Between the write that clears it and the look that shows so, the old figure is still seen: it is `there` for people. */
function poisonAfter({ poison, known }: Model, next: LiveState): Model["poison"] {
  if (next.poisonedBeforeFix) return "there";
  const isAgreed = next.figures.gap === 0;
  if (poison === "there") return isAgreed ? "gone" : "there";
  const isSameVersion = known?.state.handlers.version === next.handlers.version;
  return poison === "gone" && isAgreed && isSameVersion ? "gone" : "none";
}
