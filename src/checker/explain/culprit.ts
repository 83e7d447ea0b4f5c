/**
 * Finds the events that matter in a failing history: the write that made the answer untrue, the entry that was served,
 * the step that stored it. Takes a failure; gives positions of events and actors, or -1. Names no cause.
 */
import type { CacheEvent, Event, History, Location } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import type { CacheMutation } from "../judge/cache-use.ts";
import { isHit, isMutation, lastHit, storedBy } from "../judge/cache-use.ts";
import { answersLike } from "../judge/freshness.ts";
import { timelineOf } from "../judge/timeline.ts";

export interface Culprit {
  /** The actor of the write that made the served answer untrue; -1 when none did. */
  readonly write: number;
  /** Position of the hit from which the answer was served. */
  readonly hit: number;
  /** Position of the set that stored that entry. */
  readonly stored: number;
  readonly key: string | null;
}

export function findCulprit({ history, finding }: Failure): Culprit {
  const hit = lastHit(history, finding.request);
  const key = keyAt(history, hit);
  const stored = hit < 0 ? -1 : storedBy({ history, key, before: hit });
  return { write: guiltyWrite(history, finding.request), hit, stored, key };
}

/** What was served is the right answer to the read that stored it, and that one asked for something else. */
export function isAnotherAnswer(failure: Failure): boolean {
  const { history, finding } = failure;
  const filler = history.events[findCulprit(failure).stored]?.actor ?? -1;
  const [asked, stored] = [history.requests[finding.request], history.requests[filler]];
  if (finding.kind !== "wrong" || asked === undefined || stored?.role !== "read" || stored.path === asked.path)
    return false;
  return history.versions.some(({ outcomes }) => answersLike(outcomes[filler], asked));
}

/** Keys that the request at fault was served from, the last first. */
export function hitKeys({ history, finding }: Failure): string[] {
  const keys = history.events.flatMap((event) =>
    isHit(event) && event.actor === finding.request && event.key !== null ? [event.key] : [],
  );
  return [...new Set(keys.toReversed())];
}

/** What writes did to the cache, in order. */
export function mutationsByWrites(history: History): CacheMutation[] {
  return history.events.filter(isMutation).filter((event) => isWrite(history, event.actor));
}

/** Keys that a read looked up or filled. */
export function keysOfReads(history: History): Set<string> {
  const visits = (event: Event): event is CacheEvent =>
    event.kind === "cache" &&
    !isWrite(history, event.actor) &&
    (event.operation === "get" || event.operation === "set");
  return new Set(history.events.filter(visits).flatMap((event) => event.key ?? []));
}

/** The key under which a request left its answer: the last that it set. */
export function keptUnder({ events }: History, actor: number): string | null {
  const set = events.findLast(
    (event): event is CacheEvent => event.kind === "cache" && event.actor === actor && event.operation === "set",
  );
  return set?.key ?? null;
}

/** Jobs, too: they change entries for what others wrote. */
export function isWrite(history: History, actor: number): boolean {
  const role = history.requests[actor]?.role;
  return role === "write" || role === "job";
}

/** Whether the mutation happened while its request had a transaction open. */
export function isInTransaction(history: History, mutation: Event): boolean {
  const earlier = history.events
    .slice(0, history.events.indexOf(mutation))
    .filter((event) => event.actor === mutation.actor);
  const last = earlier.findLast(
    (event) => event.kind === "database" && ["begin", "commit", "rollback"].includes(event.operation),
  );
  return last?.kind === "database" && last.operation === "begin";
}

/** Where the request last changed rows, by a query with RETURNING perhaps. */
export function lastRowChange(history: History, actor: number): Location | undefined {
  const changing = history.events.findLast(
    (event) =>
      event.kind === "database" && event.actor === actor && (event.changes ?? (event.operation === "run" ? 1 : 0)) > 0,
  );
  return changing?.kind === "database" ? changing.location : undefined;
}

function keyAt(history: History, position: number): string | null {
  const event = history.events[position];
  return event?.kind === "cache" ? event.key : null;
}

/** The actor of the first version after the newest one of which the served answer is true. */
function guiltyWrite(history: History, request: number): number {
  const record = history.requests[request];
  if (record === undefined || record.answered === null) return -1;
  const newest = timelineOf(history).acknowledgedBefore(record.arrived);
  for (let v = newest - 1; v >= 0; v -= 1) {
    if (answersLike(history.versions[v]?.outcomes[request], record)) return history.versions[v + 1]?.actor ?? -1;
  }
  return history.versions[newest]?.actor ?? -1;
}
