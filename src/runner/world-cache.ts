/**
 * The cache of one run: a map with virtual time to live, and the ways in which it can fail.
 * Takes effects, gives replies; holds values as Keyv serialised them; knows no database.
 */
import type { CacheOperation, Fault } from "../vocabulary.ts";
import type { CacheEffect, Reply } from "./effect.ts";

export interface CacheStep {
  /** null: the operation hangs and is never answered. */
  readonly reply: Reply | null;
  readonly operation: CacheOperation;
  readonly hit?: boolean;
  readonly existed?: boolean;
  readonly fault?: Fault["kind"];
}

type CacheFault = Fault & { readonly kind: Exclude<Fault["kind"], "crash"> };

interface Entry {
  readonly value: string;
  /** Virtual milliseconds since the run began; null: never. */
  readonly expires: number | null;
}

export class WorldCache {
  readonly #entries = new Map<string, Entry>();
  #faults: readonly CacheFault[] = [];
  #performed = 0;

  open(faults: readonly Fault[]): void {
    this.#entries.clear();
    this.#faults = faults.filter((fault): fault is CacheFault => fault.kind !== "crash");
    this.#performed = 0;
  }

  /** Operations performed so far in this run. */
  get performed(): number {
    return this.#performed;
  }

  /** When the first entry expires, or null when none ever does. */
  get earliestExpiry(): number | null {
    let earliest: number | null = null;
    for (const { expires } of this.#entries.values()) {
      if (expires !== null && (earliest === null || expires < earliest)) earliest = expires;
    }
    return earliest;
  }

  /** `now`: virtual milliseconds since the run began. */
  perform(effect: CacheEffect, now: number): CacheStep {
    const fault = this.#faultAt(this.#performed);
    this.#performed += 1;
    if (fault?.kind === "evict") this.#entries.clear();
    const operation = effect.operation === "keys" ? "get" : effect.operation;
    if (fault === undefined || fault.kind === "evict") return this.#work(effect, now, fault);
    if (fault.kind === "lose-delete") return this.#loseDelete(effect, now);
    return { operation, fault: fault.kind, ...failure(fault.kind, effect.operation) };
  }

  #faultAt(position: number): CacheFault | undefined {
    return this.#faults.find(({ kind, from }) =>
      kind === "lose-delete" || kind === "evict" ? position === from : position >= from,
    );
  }

  #loseDelete(effect: CacheEffect, now: number): CacheStep {
    if (effect.operation !== "delete" && effect.operation !== "clear") return this.#work(effect, now, undefined);
    return { operation: effect.operation, reply: yes(true), fault: "lose-delete" };
  }

  #work(effect: CacheEffect, now: number, fault: CacheFault | undefined): CacheStep {
    const mark = fault === undefined ? {} : { fault: fault.kind };
    const key = effect.key ?? "";
    switch (effect.operation) {
      case "get": {
        const entry = this.#live(key, now);
        return { operation: "get", reply: yes(entry?.value), hit: entry !== undefined, ...mark };
      }
      case "set":
        this.#entries.set(key, { value: effect.value ?? "", expires: expiry(effect.timeToLive ?? null, now) });
        return { operation: "set", reply: yes(true), ...mark };
      case "delete": {
        const existed = this.#live(key, now) !== undefined;
        this.#entries.delete(key);
        return { operation: "delete", reply: yes(existed), existed, ...mark };
      }
      case "clear":
        this.#entries.clear();
        return { operation: "clear", reply: yes(undefined), ...mark };
      case "keys":
        return { operation: "get", reply: yes(this.#list(now)), hit: true, ...mark };
      default:
        return effect.operation satisfies never;
    }
  }

  #live(key: string, now: number): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expires === null || now < entry.expires) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  #list(now: number): [string, string][] {
    return [...this.#entries.keys()].flatMap((key) => {
      const entry = this.#live(key, now);
      return entry === undefined ? [] : [[key, entry.value] satisfies [string, string]];
    });
  }
}

function failure(
  kind: "miss" | "false" | "error" | "hang",
  operation: CacheEffect["operation"],
): { reply: Reply | null; hit?: boolean } {
  if (kind === "hang") return { reply: null };
  if (kind === "error") return { reply: { ok: false, message: "The cache is not reachable" } };
  if (operation === "get") return { reply: yes(undefined), hit: false };
  if (operation === "keys") return { reply: yes([]), hit: false };
  return { reply: yes(kind === "miss") };
}

function expiry(timeToLive: number | null, now: number): number | null {
  return timeToLive === null ? null : now + timeToLive;
}

function yes(value: unknown): Reply {
  return { ok: true, value };
}
