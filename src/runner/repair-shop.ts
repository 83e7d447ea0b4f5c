/**
 * Applies a plan's repairs to cache operations at the gate. Each repair takes one mistake out of a failing schedule:
 * if the schedule then passes, that mistake was the cause. Decides nothing about causes; performs nothing itself.
 */
import type { Repair } from "../vocabulary.ts";
import type { CacheEffect } from "./effect.ts";

export interface Asker {
  readonly actor: number;
  /** The path that was asked for. */
  readonly path: string;
  readonly writes: boolean;
  readonly answered: boolean;
  /** A commit happened since this request arrived. */
  readonly overtaken: boolean;
}

export interface Repaired {
  /** null: answered as if it had worked, and not performed now. */
  readonly effect: CacheEffect | null;
  readonly repair: Repair["kind"] | null;
}

export class RepairShop {
  readonly #kinds: ReadonlySet<Repair["kind"]>;
  readonly #redirect: { from: string; to: string } | null;
  readonly #injected: string | null;
  readonly #deferred = new Map<number, CacheEffect[]>();
  readonly #canonical: (key: string) => string;
  readonly #local: (key: string) => string;

  /** `canonical` and `local` translate keys: repairs name them in canonical form. */
  constructor(
    repairs: readonly Repair[],
    names: { canonical: (key: string) => string; local: (key: string) => string },
  ) {
    this.#kinds = new Set(repairs.map(({ kind }) => kind));
    this.#redirect = repairs.find((repair) => repair.kind === "redirect-key") ?? null;
    this.#injected = repairs.find((repair) => repair.kind === "inject-delete")?.key ?? null;
    this.#canonical = names.canonical;
    this.#local = names.local;
  }

  /** Keys are compared and translated: they must be remembered in both forms. */
  get renames(): boolean {
    return this.#redirect !== null || this.#injected !== null;
  }

  has(kind: Repair["kind"]): boolean {
    return this.#kinds.has(kind);
  }

  change(effect: CacheEffect, asker: Asker): Repaired {
    if (this.has("separate-reads")) return { effect: this.#separate(effect, asker), repair: "separate-reads" };
    if (effect.operation === "get" || effect.operation === "keys") return { effect, repair: null };
    if (!asker.writes) return this.#changeFill(effect, asker);
    const redirected = this.#redirectKey(effect);
    const changed = this.#setToDelete(redirected.effect);
    const repair = changed === redirected.effect ? redirected.repair : "set-becomes-delete";
    if (!this.has("mutate-after-commit") || asker.answered) return { effect: changed, repair };
    this.#defer(asker.actor, changed);
    return { effect: null, repair: "mutate-after-commit" };
  }

  /** What a write still has to do to the cache just before its answer goes out. */
  beforeAnswer(actor: number): readonly { effect: CacheEffect; repair: Repair["kind"] }[] {
    const deferred = this.#deferred.get(actor) ?? [];
    this.#deferred.delete(actor);
    const late = deferred.map((effect) => ({ effect, repair: "mutate-after-commit" as const }));
    if (this.#injected === null) return late;
    const key = this.#local(this.#injected);
    return [...late, { effect: { resource: "cache", operation: "delete", key }, repair: "inject-delete" }];
  }

  #separate(effect: CacheEffect, { writes, path }: Asker): CacheEffect {
    if (writes && effect.operation !== "get") return { resource: "cache", operation: "clear", key: null };
    return effect.key === null ? effect : { ...effect, key: `${effect.key} of ${path}` };
  }

  #changeFill(effect: CacheEffect, asker: Asker): Repaired {
    const drops = this.has("drop-stale-set") && effect.operation === "set" && asker.overtaken;
    return drops ? { effect: null, repair: "drop-stale-set" } : { effect, repair: null };
  }

  #redirectKey(effect: CacheEffect): { effect: CacheEffect; repair: "redirect-key" | null } {
    const redirect = this.#redirect;
    if (redirect === null || effect.key === null || this.#canonical(effect.key) !== redirect.from)
      return { effect, repair: null };
    return { effect: { ...effect, key: this.#local(redirect.to) }, repair: "redirect-key" };
  }

  #setToDelete(effect: CacheEffect): CacheEffect {
    if (!this.has("set-becomes-delete") || effect.operation !== "set") return effect;
    return { resource: "cache", operation: "delete", key: effect.key };
  }

  #defer(actor: number, effect: CacheEffect): void {
    this.#deferred.set(actor, [...(this.#deferred.get(actor) ?? []), effect]);
  }
}
