/**
 * Versions that nobody acknowledges: committed by another program, or by a request whose process died before its answer.
 * Takes a history; says which they are, and from when on every read must know of them. Judges nothing.
 */
import type { History, Version } from "../../vocabulary.ts";

export function isUnannounced({ requests, plan }: History, { actor }: Version): boolean {
  const record = actor === null ? undefined : requests[actor];
  if (record === undefined) return false;
  if (record.role === "external") return true;
  return record.answered === null && plan.faults?.some(({ kind }) => kind === "crash") === true;
}

/**
 * The event after which a read that arrives must show the version: the end of the first run of a job that began after
 * the commit, or the last event before the longest staleness is over. Infinity: neither comes.
 */
export function announcedAt({ requests, events, longestStaleness }: History, version: Version): number {
  const told = requests.flatMap(({ role, arrived, answered }) =>
    role === "job" && arrived > version.event && answered !== null ? [answered] : [],
  );
  const committed = events[version.event]?.at ?? 0;
  const over = events.findIndex((event) => event.at - committed >= (longestStaleness ?? Infinity));
  return Math.min(...told, over < 0 ? Infinity : over - 1);
}
