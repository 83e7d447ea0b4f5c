/**
 * Fresh, stale or wrong (design: Judge). Takes a history and the position of an answered request; compares its answer
 * with the truth of each version it may speak of. Reports nothing and names no property.
 */
import type { History, Outcome, RequestRecord } from "../../vocabulary.ts";
import { matches, samePattern } from "./pattern.ts";
import type { Timeline } from "./timeline.ts";

export type Freshness = "fresh" | "stale" | "wrong";

/**
 * `fresh`: the truth of some version between the newest acknowledged at its arrival and the newest committed at its
 * answer. `stale`: only of older ones. `wrong`: of none of these. Unanswered requests count as fresh: others judge them.
 * A version that nobody has announced binds no read: its neighbour before it will do.
 */
export function freshnessOf(options: { history: History; timeline: Timeline; request: number }): Freshness {
  const { history, timeline, request } = options;
  const record = history.requests[request];
  if (record === undefined || record.answered === null) return "fresh";
  const oldest = oldestFresh({ history, timeline, request, arrived: record.arrived });
  for (let v = timeline.committedBefore(record.answered); v >= oldest; v -= 1) {
    if (answersLike(history.versions[v]?.outcomes[request], record)) return "fresh";
  }
  for (let v = oldest - 1; v >= 0; v -= 1) {
    if (answersLike(history.versions[v]?.outcomes[request], record)) return "stale";
  }
  return "wrong";
}

/** Over steps that change nothing for this request it is as good to go back as over those that it need not know. */
function oldestFresh(asked: { history: History; timeline: Timeline; request: number; arrived: number }): number {
  const { history, timeline, request, arrived } = asked;
  const newest = timeline.acknowledgedBefore(arrived);
  let oldest = newest;
  for (let v = newest; v > 0; v -= 1) {
    if (timeline.mayBeUnknown(v, arrived)) oldest = v - 1;
    else if (!isSameOutcome(history.versions[v - 1]?.outcomes[request], history.versions[v]?.outcomes[request])) break;
  }
  return oldest;
}

function isSameOutcome(one: Outcome | undefined, other: Outcome | undefined): boolean {
  return one?.status === other?.status && samePattern(one?.body, other?.body);
}

/** Whether the response is what the service must answer according to `outcome`. */
export function answersLike(outcome: Outcome | undefined, record: RequestRecord): boolean {
  if (outcome === undefined || record.response === null) return false;
  if (outcome.status !== record.response.status) return false;
  return outcome.body === undefined || matches(outcome.body, record.response.body);
}
