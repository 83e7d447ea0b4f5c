/**
 * What a request did with the cache and with the costly tables. Takes a history and an actor; gives positions and keys.
 * Judges nothing.
 */
import type { CacheEvent, Event, History } from "../../vocabulary.ts";

export type CacheMutation = CacheEvent & { readonly operation: "set" | "delete" | "clear" };

/** Position of the last hit that the request saw, or -1. */
export function lastHit(history: History, actor: number): number {
  return history.events.findLastIndex((event) => isHit(event) && event.actor === actor);
}

export function isHit(event: Event): event is CacheEvent {
  return event.kind === "cache" && event.operation === "get" && event.hit === true;
}

export function isMutation(event: Event): event is CacheMutation {
  return event.kind === "cache" && event.operation !== "get";
}

/** Whether the request read one of the tables that the cache exists to spare. */
export function visitsCostly(history: History, actor: number): boolean {
  return history.events.some(
    (event) =>
      event.kind === "database" && event.actor === actor && event.reads.some((table) => history.costly.includes(table)),
  );
}

/** Position of the set that stored the entry lying under `key` just before the event `before`, or -1. */
export function storedBy(options: { history: History; key: string | null; before: number }): number {
  for (let at = options.before - 1; at >= 0; at -= 1) {
    const event = options.history.events[at];
    if (event?.kind === "cache" && event.operation === "set" && event.key === options.key) return at;
  }
  return -1;
}
