/** What is counted while a service is watched, and how an answer is noted. Knows nobody who asks. */
import type { Random } from "../src/vocabulary.ts";
import type { Answer } from "./oracle.ts";
import type { Service } from "./service.ts";

/** Counts of answers. What is not counted as untrue or failed was right. */
export interface Observation {
  requests: number;
  /** Untrue although nothing else was going on, ever. */
  untrueInSequence: number;
  /** The same after an external write, once a run of the jobs that began after it was over. */
  untrueAfterJob: number;
  /** Older than a write that was acknowledged before the read was sent. */
  staleInFlight: number;
  /** A number that the database had not held yet, or none. */
  impossible: number;
  /** Untrue after everybody had been answered and a moment had passed. */
  untrueAtRest: number;
  /** No answer in time, or 500 and above. */
  failed: number;
  /** Bursts that were completed, and the milliseconds that they took. */
  bursts: number;
  milliseconds: number;
}

/** One service that is being watched, and what has been seen so far. */
export interface Watch {
  readonly service: Service;
  readonly random: Random;
  readonly counts: Observation;
  /** Stops early: the counts so far are given. */
  readonly stopped: () => boolean;
}

/** A service that fails this often is not worth waiting for. */
const TOO_MANY_FAILED = 10;

export function nothingSeen(): Observation {
  return {
    requests: 0,
    untrueInSequence: 0,
    untrueAfterJob: 0,
    staleInFlight: 0,
    impossible: 0,
    untrueAtRest: 0,
    failed: 0,
    bursts: 0,
    milliseconds: 0,
  };
}

export function note(counts: Observation, answer: Answer | null): void {
  counts.requests += 1;
  if (!isAnswered(answer)) counts.failed += 1;
}

export function isAnswered(answer: Answer | null): answer is Answer {
  return answer !== null && answer.status < 500;
}

export function isHopeless({ failed }: Observation): boolean {
  return failed >= TOO_MANY_FAILED;
}
