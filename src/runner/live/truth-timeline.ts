/**
 * What was true when, for the reads of a run: tells how long a served answer had stopped being true. Takes the
 * scenario's truth and the reads that will be sent; must be told of every commit.
 */
import type { Json, Outcome, RequestSpec, TruthReader } from "../../vocabulary.ts";
import { matchesPattern } from "./matches-pattern.ts";

export interface TruthTimeline {
  /** Something was committed just now. */
  committed(): void;
  /**
   * Milliseconds since the answer stopped being true: 0 when it was true at some moment since `arrived`, null when it
   * was true at no moment of the run.
   */
  staleness(request: RequestSpec, answer: ServedAnswer): number | null;
}

export interface ServedAnswer {
  readonly status: number;
  readonly body: Json;
  /** When its request arrived; it is answered now. */
  readonly arrived: number;
}

interface Version {
  readonly from: number;
  readonly outcome: Outcome;
  /** The outcome as text, for telling whether a commit changed it. */
  readonly text: string;
}

export interface TimelineParts {
  readonly truth: (db: TruthReader, request: RequestSpec) => Outcome;
  readonly db: TruthReader;
  readonly now: () => number;
  readonly reads: readonly RequestSpec[];
}

export function createTruthTimeline({ truth, db, now, reads }: TimelineParts): TruthTimeline {
  const timelines = new Map(reads.map((read) => [keyOf(read), { read, versions: [] as Version[] }]));
  const look = (): void => {
    for (const { read, versions } of timelines.values()) {
      const outcome = truth(db, read);
      const text = JSON.stringify(outcome);
      if (versions.at(-1)?.text !== text) versions.push({ from: now(), outcome, text });
    }
  };
  look();
  return {
    committed: look,
    staleness: (request, answer) => {
      const versions = timelines.get(keyOf(request))?.versions ?? [];
      const last = versions.findLastIndex(({ outcome }) => isSame(outcome, answer));
      if (last === -1) return null;
      const ended = versions[last + 1]?.from ?? Number.POSITIVE_INFINITY;
      return ended >= answer.arrived ? 0 : now() - ended;
    },
  };
}

function keyOf({ route, path, headers = {} }: RequestSpec): string {
  return JSON.stringify([route, path, headers]);
}

function isSame({ status, body }: Outcome, answer: ServedAnswer): boolean {
  return status === answer.status && (body === undefined || matchesPattern(body, answer.body));
}
