/** Counts what a live service did, from its steps. Takes the time as an argument; judges nothing. */
import type { LiveState, Route } from "../../vocabulary.ts";
import type { LiveStep } from "./live-step.ts";

export interface Tally {
  observe(step: LiveStep): void;
  /** A request that reached its route was answered. `now`: milliseconds since the epoch by the service's clock. */
  answered(request: { readonly role: Route["role"]; readonly status: number; readonly now: number }): void;
  staleAnswer(): void;
  /** A request that arrived will never be answered. */
  lost(): void;
  readonly totals: LiveState["totals"];
  readonly inFlight: number;
  writesPerMinute(now: number): number;
}

const MINUTE = 60_000;
const SECOND = 1000;

export function createTally(): Tally {
  const totals = { reads: 0, writes: 0, hits: 0, misses: 0, sets: 0, deletes: 0, staleAnswers: 0, failures: 0 };
  const writes = countBySecond();
  let inFlight = 0;
  return {
    observe: (step) => {
      if (step.kind === "arrival") inFlight += 1;
      else if (step.kind === "answer") {
        inFlight -= 1;
        if (step.status >= 500) totals.failures += 1;
      } else if (step.kind === "cache" && step.error === undefined) {
        if (step.operation === "get") totals[step.hit === true ? "hits" : "misses"] += 1;
        else if (step.operation === "set") totals.sets += 1;
        else totals.deletes += 1;
      }
    },
    answered: ({ role, status, now }) => {
      if (role === "read") totals.reads += 1;
      if (role !== "write") return;
      totals.writes += 1;
      if (status < 400) writes.add(now);
    },
    lost: () => void (inFlight -= 1),
    staleAnswer: () => void (totals.staleAnswers += 1),
    get totals() {
      return { ...totals };
    },
    get inFlight() {
      return inFlight;
    },
    writesPerMinute: writes.inLastMinute,
  };
}

/** The last sixty seconds, one number each: it does not grow with what is counted. */
function countBySecond(): { add(now: number): void; inLastMinute(now: number): number } {
  const counts = new Map<number, number>();
  const forget = (now: number): void => {
    for (const second of counts.keys()) {
      if (second * SECOND <= now - MINUTE || second * SECOND > now) counts.delete(second);
    }
  };
  return {
    add: (now) => {
      const second = Math.floor(now / SECOND);
      if (!counts.has(second)) forget(now);
      counts.set(second, (counts.get(second) ?? 0) + 1);
    },
    inLastMinute: (now) => {
      forget(now);
      return [...counts.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}
