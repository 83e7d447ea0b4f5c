/**
 * ★ The cache is still used: a read repeated at once, and again after `usefulFor`, does not visit the costly tables; nor
 * does one that is repeated when a write is over and done with.
 */
import type { Finding, History, RunPlan } from "../../vocabulary.ts";
import { failureComplaint } from "../judge/answers.ts";
import { visitsCostly } from "../judge/cache-use.ts";
import { changingPairs, countTo, readRef } from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "still-cached";

export const stillCached: Property = {
  id: ID,
  star: 1,
  asks: "repeated at once, as long as a cached answer is useful, or a minute after a write, a read does not visit the costly tables",
  plans,
  switches: () => 0,
  judge,
};

/** Virtual milliseconds after a write in which a fix may do without the cache, to let other requests end. */
const HOLD_OFF = 60_000;

function plans({ shape, seed, usefulFor }: Setting): RunPlan[] {
  const afterWrites = changingPairs(shape).map(({ write, read }): RunPlan => {
    const phases = [
      { actors: [{ ref: write, instance: 0 as const }] },
      { actors: [{ ref: read, instance: 1 as const }], wait: HOLD_OFF },
      { actors: [{ ref: read, instance: 0 as const }], wait: 0 },
      { actors: [{ ref: read, instance: 1 as const }], wait: usefulFor },
    ];
    return { phases, probe: false, seed };
  });
  const repeated = countTo(shape.reads, (position): RunPlan => {
    const ref = readRef(position);
    const phases = [
      { actors: [{ ref, instance: 0 as const }] },
      { actors: [{ ref, instance: 1 as const }], wait: 0 },
      { actors: [{ ref, instance: 0 as const }], wait: usefulFor },
    ];
    return { phases, paced: true, probe: false, seed };
  });
  return [...repeated, ...afterWrites];
}

function judge(history: History, { usefulFor }: Pick<Setting, "usefulFor">): Finding | null {
  const failure = failureComplaint(history);
  if (failure !== null) return { property: ID, ...failure };
  for (let request = 0; request < history.requests.length; request += 1) {
    const age = ageOfAnswer(history, request);
    if (age === null || age > usefulFor || !visitsCostly(history, request)) continue;
    const isLate = age > 0;
    return {
      property: ID,
      kind: "not-cached",
      request,
      cause: isLate ? "ttl-shortened" : "cache-bypassed",
      detail: isLate ? `computed again ${age / 1000} s after it had been cached` : "computed again at once",
    };
  }
  return null;
}

/** Virtual milliseconds since the same read was first answered after all that a write did; null: it was not. */
function ageOfAnswer(history: History, request: number): number | null {
  const record = history.requests[request];
  if (record?.role !== "read" || record.response?.status !== 200) return null;
  const changed = history.events.findLastIndex(
    (event, position) =>
      position < record.arrived && event.kind !== "arrival" && history.requests[event.actor]?.role !== "read",
  );
  const first = history.requests.find(
    (other) =>
      other.ref === record.ref && other.arrived > changed && other.answered !== null && other.answered < record.arrived,
  );
  if (first === undefined || first.answered === null) return null;
  return (history.events[record.arrived]?.at ?? 0) - (history.events[first.answered]?.at ?? 0);
}
