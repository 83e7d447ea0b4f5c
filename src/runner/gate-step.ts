/** What an actor could do next, and its name in a schedule. */
import type { Option } from "../vocabulary.ts";
import type { PendingEffect, PendingTimer } from "./effect.ts";

const SLOT_CACHE = 0;
const SLOT_DATABASE = 1;
const SLOT_ARRIVAL = 2;
const SLOT_TIMER = 3;
const SLOTS = 8;

export type Step =
  | { readonly kind: "arrival"; readonly actor: number }
  | { readonly kind: "effect"; readonly actor: number; readonly pending: PendingEffect }
  /** `left`: its request is answered. */
  | { readonly kind: "timer"; readonly actor: number; readonly timer: PendingTimer; readonly left: boolean };

export function toOption(step: Step, cost: 0 | 1): Option {
  const base = step.actor * SLOTS;
  if (step.kind === "arrival") return { id: base + SLOT_ARRIVAL, actor: step.actor, kind: "arrival", cost };
  if (step.kind === "timer") {
    const { actor, timer, left } = step;
    return { id: base + SLOT_TIMER, actor, kind: "timer", cost, timer: { delay: timer.delay, left } };
  }
  const { resource } = step.pending.effect;
  return { id: base + (resource === "cache" ? SLOT_CACHE : SLOT_DATABASE), actor: step.actor, kind: resource, cost };
}
