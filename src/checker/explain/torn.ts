/**
 * Whether an answer was put together from several states of the database. Takes a failure, traced or not; plays nothing.
 */
import type { DatabaseEvent, Event } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import { differingMembers } from "./differing-members.ts";

/** The first query for which the database was not what it had been for the request's first; undefined: no such answer. */
export function tornAt({ history, finding }: Failure): DatabaseEvent | undefined {
  const served = finding.served;
  if (finding.kind !== "wrong" || served === undefined) return undefined;
  const wrongIn = history.versions.map(({ outcomes }) => {
    const expected = outcomes[finding.request]?.body;
    return expected === undefined ? [""] : differingMembers(expected, served).map(({ path }) => path);
  });
  const neverTrue = wrongIn[0]?.filter((path) => wrongIn.every((paths) => paths.includes(path)));
  if (neverTrue?.length !== 0) return undefined;
  const asks = (event: Event): event is DatabaseEvent =>
    event.kind === "database" && event.actor === finding.request && event.operation !== "run";
  const first = history.events.findIndex(asks);
  const commit = history.versions.find(({ event, actor }) => event > first && actor !== finding.request)?.event;
  return first < 0 || commit === undefined ? undefined : history.events.slice(commit).find(asks);
}
