/**
 * Which committed versions a request may speak of. Takes a history; gives, for any event position, the newest version
 * acknowledged before it and the newest committed before it. Knows versions and answers, no bodies.
 */
import type { History, Version } from "../../vocabulary.ts";
import { announcedAt, isUnannounced } from "./announcements.ts";

export interface Timeline {
  /** The newest version acknowledged before the event at this position; 0 is the world as seeded. */
  acknowledgedBefore(event: number): number;
  /** The newest version committed before the event at this position. */
  committedBefore(event: number): number;
  /** Whether reads that arrive at this position may not know of the version yet, whatever else they must know. */
  mayBeUnknown(version: number, event: number): boolean;
}

/**
 * An acknowledgement covers its request's commits and every commit before them, so a version counts as acknowledged
 * as soon as any later one is. A commit made after its request's answer is acknowledged at once.
 */
export function timelineOf(history: History): Timeline {
  const { versions } = history;
  if (versions.length === 1) return UNCHANGED;
  const acknowledged = versions.map((version) => acknowledgedAt(history, version));
  for (let v = acknowledged.length - 2; v >= 0; v -= 1) {
    acknowledged[v] = Math.min(acknowledged[v] ?? Infinity, acknowledged[v + 1] ?? Infinity);
  }
  const committed = versions.map((version) => version.event);
  return {
    acknowledgedBefore: (event) => countBefore(acknowledged, event) - 1,
    committedBefore: (event) => countBefore(committed, event) - 1,
    mayBeUnknown: (number, event) => {
      const version = versions[number];
      return version !== undefined && isUnannounced(history, version) && announcedAt(history, version) >= event;
    },
  };
}

const UNCHANGED: Timeline = {
  acknowledgedBefore: () => 0,
  committedBefore: () => 0,
  mayBeUnknown: () => false,
};

function acknowledgedAt(history: History, version: Version): number {
  if (version.actor === null) return version.event;
  if (isUnannounced(history, version)) return announcedAt(history, version);
  const answered = history.requests[version.actor]?.answered ?? Infinity;
  return Math.max(version.event, answered);
}

function countBefore(ascending: readonly number[], event: number): number {
  let count = 0;
  while (count < ascending.length && (ascending[count] ?? Infinity) < event) count += 1;
  return count;
}
