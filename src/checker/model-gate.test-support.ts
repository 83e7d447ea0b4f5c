/** What the model runner could do next, and what leaving the running request would cost. */
import type { Actor, Json, Option, RunPlan } from "../vocabulary.ts";
import type { Step } from "./model-handlers.test-support.ts";
import { isCache } from "./model-handlers.test-support.ts";
import type { ModelStore } from "./model-store.test-support.ts";

export interface Thread {
  readonly steps: Generator<Step, unknown, Json>;
  pending: Step;
}

export interface Player extends Actor {
  readonly item: number;
  /** The handler itself, then what it left behind; null: done. */
  readonly threads: (Thread | null)[];
  state: "away" | "invited" | "running" | "answered";
}

/** The plan's requests, then the reads of the end, both instances taking turns. */
export function takingPart({ phases, probe, repairs }: RunPlan): { actor: Actor; probe: boolean }[] {
  const isOne = repairs?.some(({ kind }) => kind === "one-instance") ?? false;
  const acting = phases.flatMap(({ actors }) => actors);
  const probes = [0, 1, 2].map((n): Actor => ({ ref: `r${n}`, instance: (acting.length + n) % 2 === 0 ? 0 : 1 }));
  const all = probe ? [...acting, ...probes] : acting;
  return all.map((actor, n) => ({ actor: isOne ? { ...actor, instance: 0 } : actor, probe: n >= acting.length }));
}

interface Scene {
  readonly players: readonly Player[];
  readonly current: number;
  readonly store: ModelStore;
  readonly wholeReads?: boolean;
}

export function optionsNow(scene: Scene): Option[] {
  const { players, current, wholeReads } = scene;
  const own = optionsOf(scene, current, 0);
  const player = players[current];
  const goesOn = own.length > 0 && player?.state === "running";
  if (goesOn && wholeReads === true && player.ref.startsWith("r")) return own;
  const others = players.flatMap((_, actor) => (actor === current ? [] : optionsOf(scene, actor, goesOn ? 1 : 0)));
  return [...own, ...others];
}

function optionsOf({ players, store }: Scene, actor: number, cost: 0 | 1): Option[] {
  const player = players[actor];
  if (player?.state === "invited") return [{ id: actor * 8 + 7, actor, kind: "arrival", cost }];
  return (player?.threads ?? []).flatMap((thread, slot) => {
    if (thread === null || !store.canDo(actor, thread.pending)) return [];
    const kind = thread.pending.do === "sleep" ? "timer" : isCache(thread.pending) ? "cache" : "database";
    return [{ id: actor * 8 + slot, actor, kind, cost } as const];
  });
}
