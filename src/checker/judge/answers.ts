/**
 * Judges one history by everything that holds for every property: nobody throws, everybody answers, the contract is
 * kept, reads are fresh. Takes a history; gives the first finding in that order of precedence. Knows no property.
 */
import type { Finding, History, PropertyId } from "../../vocabulary.ts";
import type { Complaint } from "./contract.ts";
import { contractComplaint, outcomesOf } from "./contract.ts";
import { freshnessOf } from "./freshness.ts";
import { rowComplaint } from "./rows.ts";
import type { Timeline } from "./timeline.ts";
import { timelineOf } from "./timeline.ts";

/** The contract without freshness: statuses, bodies, recorded rows, and that every request answers without an error. */
export function judgeContract(property: PropertyId, history: History): Finding | null {
  const timeline = timelineOf(history);
  const complaint = failureComplaint(history) ?? contractOf(history, timeline, false);
  return complaint === null ? null : { property, ...complaint };
}

/** The contract first, then freshness of every read. */
export function judgeAnswers(property: PropertyId, history: History): Finding | null {
  const timeline = timelineOf(history);
  const complaint =
    failureComplaint(history) ?? contractOf(history, timeline, true) ?? firstNotFresh(history, timeline);
  return complaint === null ? null : { property, ...complaint };
}

/** A request that threw, else one that was never answered. */
export function failureComplaint(history: History): Complaint | null {
  const threw = history.requests.findIndex((record) => record.error !== null);
  const error = history.requests[threw]?.error;
  if (error !== null && error !== undefined) {
    const cause = error.name === "ReferenceError" ? "undefined-name" : "handler-threw";
    return { kind: "threw", request: threw, cause, detail: `${error.name}: ${error.message}` };
  }
  if (history.end.kind !== "stuck" && history.end.kind !== "endless") return null;
  const [request = 0] = history.end.actors;
  return history.end.kind === "stuck"
    ? {
        kind: "never-answered",
        request,
        cause: "never-answers",
        detail: "the request waits for something that never comes",
      }
    : { kind: "never-answered", request, cause: "endless-loop", detail: "the request goes on for ever" };
}

/** When freshness follows, a computed answer with unknown values is left to it: two reads may straddle a commit. */
function contractOf(history: History, timeline: Timeline, freshnessFollows: boolean): Complaint | null {
  for (let request = 0; request < history.requests.length; request += 1) {
    const isRead = history.requests[request]?.role === "read";
    const complaint = contractComplaint({ history, timeline, request, valuesToo: !(isRead && freshnessFollows) });
    if (complaint !== null) return complaint;
  }
  return rowComplaint({ history, timeline });
}

function firstNotFresh(history: History, timeline: Timeline): Complaint | null {
  for (let request = 0; request < history.requests.length; request += 1) {
    if (history.requests[request]?.role !== "read") continue;
    const freshness = freshnessOf({ history, timeline, request });
    if (freshness !== "fresh") return notFresh({ history, timeline, request, kind: freshness });
  }
  return null;
}

function notFresh(options: {
  history: History;
  timeline: Timeline;
  request: number;
  kind: "stale" | "wrong";
}): Complaint {
  const { history, timeline, request, kind } = options;
  const record = history.requests[request];
  const expected = outcomesOf(history, request)[timeline.acknowledgedBefore(record?.arrived ?? 0)]?.body;
  return {
    kind,
    request,
    ...(record?.response ? { served: record.response.body } : {}),
    ...(expected === undefined ? {} : { expected }),
    detail: kind === "stale" ? "the answer is older than an acknowledged write" : "the answer was never true",
  };
}
