/**
 * Collects what a check has seen happen at all: a hit, a miss, an invalidation that worked, requests that overlapped.
 * A pass without having seen them would prove nothing. Takes histories; judges none.
 */
import type { History, Pattern, RequestRecord, RequestRef } from "../vocabulary.ts";
import { samePattern } from "./judge/pattern.ts";
import { answersLike, freshnessOf } from "./judge/freshness.ts";
import { timelineOf } from "./judge/timeline.ts";

export interface Witnesses {
  hit: boolean;
  miss: boolean;
  invalidation: boolean;
  overlap: boolean;
}

export function createWitnesses(): Witnesses {
  return { hit: false, miss: false, invalidation: false, overlap: false };
}

/** Adds what `history` shows; looks only for what has not been seen yet. */
export function witness(seen: Witnesses, history: History): void {
  const { events } = history;
  if (!seen.hit) seen.hit = events.some((event) => event.kind === "cache" && event.hit === true);
  if (!seen.miss) seen.miss = events.some((event) => event.kind === "cache" && event.hit === false);
  if (!seen.overlap) seen.overlap = history.requests.some((record) => isOverlapped(history, record));
  if (!seen.invalidation) seen.invalidation = invalidations(history).length > 0;
}

/** One line for people, or null when everything was seen. */
export function missingWitness(seen: Witnesses): string | null {
  if (!seen.miss) return "Nothing was proved: no read ever asked the cache in vain, so nothing shows that it is used.";
  if (!seen.hit) return "Nothing was proved: no read was ever answered from the cache.";
  if (!seen.invalidation) return "Nothing was proved: no cached answer was ever seen to be replaced after a write.";
  if (!seen.overlap) return "Nothing was proved: no two requests ever overlapped.";
  return null;
}

export interface Invalidation {
  readonly read: RequestRef;
  /** The last request between the two reads whose commit changed what the read shows. */
  readonly write: RequestRef;
}

/**
 * Reads that had asked the cache before, whose truth then changed, and that were fresh and another when asked again: an
 * old answer that has become true once more, because a later write put the old value back, was replaced by nobody.
 */
export function invalidations(history: History): readonly Invalidation[] {
  if (history.versions.length === 1) return [];
  const timeline = timelineOf(history);
  return history.requests.flatMap((record, request) => {
    if (record.role !== "read" || record.answered === null) return [];
    const earlier = history.requests.findLastIndex(
      (other, at) =>
        at < request && other.ref === record.ref && other.answered !== null && other.answered < record.arrived,
    );
    if (earlier < 0 || !usesCache(history, earlier)) return [];
    const before = timeline.acknowledgedBefore(history.requests[earlier]?.arrived ?? 0);
    const after = timeline.acknowledgedBefore(record.arrived);
    const isSame = samePattern(
      history.versions[before]?.outcomes[request]?.body,
      history.versions[after]?.outcomes[request]?.body,
    );
    const actor = changerOf(history, { request, before, after });
    const write = actor === null ? undefined : history.requests[actor]?.ref;
    if (isSame || isTrueAgain({ history, earlier, request, version: after }) || write === undefined) return [];
    if (freshnessOf({ history, timeline, request }) !== "fresh") return [];
    return [{ read: record.ref, write }];
  });
}

function changerOf(history: History, span: { request: number; before: number; after: number }): number | null {
  const bodyAt = (version: number): Pattern | undefined => history.versions[version]?.outcomes[span.request]?.body;
  for (let v = span.after; v > span.before; v -= 1)
    if (!samePattern(bodyAt(v), bodyAt(v - 1))) return history.versions[v]?.actor ?? null;
  return null;
}

/** Whether the answer to the earlier request would have done for the later one. */
function isTrueAgain(seen: { history: History; earlier: number; request: number; version: number }): boolean {
  const { history, earlier, request, version } = seen;
  const record = history.requests[earlier];
  return record !== undefined && answersLike(history.versions[version]?.outcomes[request], record);
}

function usesCache(history: History, actor: number): boolean {
  return history.events.some(
    (event) => event.kind === "cache" && event.actor === actor && (event.hit === true || event.operation === "set"),
  );
}

function isOverlapped(history: History, record: RequestRecord): boolean {
  const answered = record.answered ?? Infinity;
  if (record.arrived < 0) return false; // a final read that was not needed
  return history.requests.some(
    (other) => other !== record && other.arrived > record.arrived && other.arrived < answered,
  );
}
