/**
 * Causes that lie in no single request: the process died in between, or nobody was there to tell and no time to live
 * ended the old answer. Takes a traced failure; gives null when neither is it.
 */
import type { Cause, History } from "../../vocabulary.ts";
import { isUnannounced } from "../judge/announcements.ts";
import { findCulprit } from "./culprit.ts";
import type { ExplainOptions } from "./explain-options.ts";
import { passes, passesWithoutFaults } from "./passes.ts";

interface Outside {
  readonly cause: Cause;
  readonly proof?: string;
}

export async function explainFromOutside(options: ExplainOptions): Promise<Outside | null> {
  const { history } = options.failure;
  const dies = history.plan.faults?.some(({ kind }) => kind === "crash") === true;
  if (dies && (await passesWithoutFaults(options)))
    return { cause: "invalidation-lost-in-crash", proof: "the same requests without the crash: pass" };
  const { write, hit } = findCulprit(options.failure);
  if (hit < 0 || !isPastItsTime(history, write) || (await isOnlyTheClients(options))) return null;
  return { cause: "staleness-unbounded" };
}

/** The service's own copy was replaced in time, and the client was told to go on with the one that it had kept. */
async function isOnlyTheClients(options: ExplainOptions): Promise<boolean> {
  const { history, finding } = options.failure;
  if (history.requests[finding.request]?.response?.notModified !== true) return false;
  return await passes(options, [{ kind: "forget-answers" }]);
}

/** Nobody announces the write, and no job ran that could have heard of it: only time binds the read. */
function isPastItsTime(history: History, write: number): boolean {
  const version = history.versions.find(({ actor }) => actor === write);
  if (version === undefined || !isUnannounced(history, version)) return false;
  return !history.requests.some(
    ({ role, arrived, answered }) => role === "job" && arrived > version.event && answered !== null,
  );
}
