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
  /** A stale entry that no fix could heal has gone, and nothing is hidden since. */
  readonly healed: boolean;
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

export const NOTHING_YET: Model = { connection: "connecting", known: null, steps: [], points: [], healed: false };

export function after(model: Model, message: Message): Model {
  switch (message.kind) {
    case "snapshot":
      return withSnapshot(model, message);
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

function withSnapshot(model: Model, { snapshot, receivedAt }: Message & { kind: "snapshot" }): Model {
  return {
    connection: "live",
    known: { state: snapshot.state, receivedAt },
    steps: snapshot.steps.slice(-STEPS_KEPT),
    points: snapshot.points.slice(-POINTS_KEPT),
    healed: isHealed(model, snapshot.state),
  };
}

function withFrame(model: Model, { frame, receivedAt }: Message & { kind: "frame" }): Model {
  const last = model.steps.at(-1)?.position ?? 0;
  const fresh = frame.steps.filter(({ position }) => position > last);
  return {
    connection: "live",
    known: frame.state === null ? model.known : { state: frame.state, receivedAt },
    steps: fresh.length === 0 ? model.steps : [...model.steps, ...fresh].slice(-STEPS_KEPT),
    points: frame.points.length === 0 ? model.points : [...model.points, ...frame.points].slice(-POINTS_KEPT),
    healed: frame.state === null ? model.healed : isHealed(model, frame.state),
  };
}

/** Stays until something is hidden again, or other handlers run. */
function isHealed({ healed, known }: Model, next: LiveState): boolean {
  if (known === null || next.figures.gap !== 0 || next.poisonedBeforeFix) return false;
  return known.state.poisonedBeforeFix || (healed && known.state.handlers.version === next.handlers.version);
}
