/** The place in the source for a cause that was named by observation. Takes a traced failure; gives a place if one is known. */
import type { CacheEvent, Cause, Location } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import { isMutation } from "../judge/cache-use.ts";
import { findCulprit, isWrite, lastRowChange, mutationsByWrites } from "./culprit.ts";
import { tornAt } from "./torn.ts";

export function observedLocation(failure: Failure, cause: Cause): Location | undefined {
  const { history, finding } = failure;
  switch (cause) {
    case "handler-threw":
    case "undefined-name":
      return history.requests[finding.request]?.error?.location ?? undefined;
    case "endless-loop":
      return lastLocation(failure);
    case "cleared-everything":
      return thrownAwayBy(failure)?.location;
    case "ttl-shortened":
    case "cache-bypassed":
      return history.events
        .filter(isMutation)
        .find(({ actor, operation }) => operation === "set" && !isWrite(history, actor))?.location;
    case "outage-not-tolerated":
      return firstFault(failure)?.location;
    case "value-patched":
      return locationAt(failure, findCulprit(failure).stored);
    case "staleness-unbounded":
      return locationAt(failure, findCulprit(failure).stored);
    case "invalidation-lost-in-crash":
      return history.events.find((event) => event.kind === "crash")?.location;
    case "torn-read":
      return tornAt(failure)?.location;
    case "write-not-recorded":
      return lastRowChange(history, finding.request);
    default:
      return undefined;
  }
}

/** What took away an entry that the request looked for; else whatever was taken away first. */
function thrownAwayBy({ history, finding }: Failure): CacheEvent | undefined {
  const mutations = mutationsByWrites(history);
  const wanted = new Set(
    history.events.flatMap((event) => (event.kind === "cache" && event.actor === finding.request ? [event.key] : [])),
  );
  return mutations.find(({ operation, key }) => operation === "clear" || wanted.has(key)) ?? mutations[0];
}

function firstFault({ history, finding }: Failure): CacheEvent | undefined {
  const faulty = history.events.filter((event) => event.kind === "cache" && event.fault !== undefined) as CacheEvent[];
  return faulty.find(({ actor }) => actor === finding.request) ?? faulty[0];
}

/** Somewhere in the loop: a run that is stopped for its length has nothing but the loop at its end. */
function lastLocation({ history, finding }: Failure): Location | undefined {
  return history.events
    .flatMap((event) => (event.actor === finding.request && "location" in event ? (event.location ?? []) : []))
    .at(-1);
}

function locationAt({ history }: Failure, position: number): Location | undefined {
  const event = history.events[position];
  return event?.kind === "cache" ? event.location : undefined;
}
