/**
 * Judges status codes and bodies of one request against the contract, whatever the cache did. Takes a history and a
 * request's position; gives a complaint or null. Old values are not its business: freshness judges those.
 */
import type { Finding, History, Outcome, RequestRecord } from "../../vocabulary.ts";
import { lastHit } from "./cache-use.ts";
import { answersLike } from "./freshness.ts";
import { isWellShaped } from "./pattern.ts";
import type { Timeline } from "./timeline.ts";

export type Complaint = Omit<Finding, "property">;

interface Judged {
  readonly history: History;
  readonly timeline: Timeline;
  readonly request: number;
}

/**
 * A read must have the status and shape of some version; with `valuesToo`, an answer that no cache entry went into must
 * be true of some version. A write must answer as the contract says for some version that it may have met.
 */
export function contractComplaint(options: Judged & { valuesToo: boolean }): Complaint | null {
  const record = options.history.requests[options.request];
  if (record === undefined || record.answered === null) return null;
  if (record.role === "external") return null;
  if (record.role === "job") return jobComplaint(options, record);
  return record.role === "read" ? readComplaint(options, record) : writeComplaint(options, record);
}

/** The versions whose outcome fits the response of an answered write, ascending; empty when none does. */
export function fittingVersions(options: Judged): readonly Outcome[] {
  const { history, timeline, request } = options;
  const record = history.requests[request];
  if (record === undefined || record.answered === null) return [];
  const first = timeline.acknowledgedBefore(record.arrived);
  const last = timeline.committedBefore(record.answered);
  return outcomesOf(history, request).filter((outcome, v) => v >= first && v <= last && answersLike(outcome, record));
}

export function outcomesOf(history: History, request: number): readonly Outcome[] {
  return history.versions.flatMap((version) => version.outcomes[request] ?? []);
}

function readComplaint(options: Judged & { valuesToo: boolean }, record: RequestRecord): Complaint | null {
  const outcomes = outcomesOf(options.history, options.request);
  const headers = headersComplaint(record);
  if (headers !== null) {
    const { request } = options;
    return { kind: "contract", cause: "contract-changed", request, detail: headers };
  }
  if (outcomes.some((outcome) => answersLike(outcome, record))) return null;
  const current = outcomes[options.timeline.acknowledgedBefore(record.arrived)];
  const sameStatus = outcomes.filter((outcome) => outcome.status === record.response?.status);
  if (sameStatus.length === 0) return complain(record, options.request, { expected: current, part: "status" });
  const shaped = sameStatus.some(
    (outcome) => outcome.body === undefined || isWellShaped(outcome.body, record.response?.body),
  );
  if (!shaped) return complain(record, options.request, { expected: current, part: "shape" });
  const isComputed = options.valuesToo && lastHit(options.history, options.request) === -1;
  return isComputed ? complain(record, options.request, { expected: current, part: "value" }) : null;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
/** What lets others keep an answer for more than no time at all, without asking again. */
const MAY_BE_KEPT = /\b(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)\s*=\s*"?0*[1-9]|\bimmutable\b/i;
const MUST_BE_ASKED_FOR = /\bno-(?:store|cache)\b/i;

/** A copy in a browser or a proxy is a cache, too, and one that no handler can tell anything. */
function headersComplaint({ response }: RequestRecord): string | null {
  if (response === null || response.status !== 200) return null;
  const { contentType, cacheControl = "" } = response;
  if (contentType === null || !JSON_TYPE.test(contentType))
    return `the answer is sent as ${contentType ?? "nothing in particular"} where the service sends application/json`;
  if (!MAY_BE_KEPT.test(cacheControl) || MUST_BE_ASKED_FOR.test(cacheControl)) return null;
  return `the answer tells browsers and proxies to keep it (cache-control: ${cacheControl}), where no write can reach it`;
}

function writeComplaint(options: Judged, record: RequestRecord): Complaint | null {
  if (fittingVersions(options).length > 0) return null;
  const expected = outcomesOf(options.history, options.request)[options.timeline.acknowledgedBefore(record.arrived)];
  return complain(record, options.request, {
    expected: expected,
    part: expected?.status === record.response?.status ? "value" : "status",
  });
}

/** What a job answers is its own affair, as long as it says that it is done. */
function jobComplaint({ request }: Judged, { response }: RequestRecord): Complaint | null {
  if (response === null || response.status < 400) return null;
  return { kind: "contract", request, detail: `the job answered with status ${response.status}: it is not done` };
}

type Part = "status" | "shape" | "value";

function complain(
  record: RequestRecord,
  request: number,
  fault: { expected: Outcome | undefined; part: Part },
): Complaint {
  const { expected, part } = fault;
  const response = record.response;
  return {
    kind: "contract",
    request,
    ...(response === null ? {} : { served: response.body }),
    ...(expected?.body === undefined ? {} : { expected: expected.body }),
    detail: describe(part, response?.status, expected?.status),
  };
}

function describe(part: Part, status: number | undefined, expected: number | undefined): string {
  if (part === "status")
    return `answered with status ${status ?? "none"} where the service answers ${expected ?? "otherwise"}`;
  if (part === "shape") return "the members of the answer are not those of the service";
  return "the answer holds values that the database never held";
}
