/**
 * What a live service reports while it works: one value per arrival, cache operation, statement and answer.
 * Types only. Everything here is plain JSON, since steps travel to a parent process and to a page.
 */
import type { CacheOperation, DatabaseOperation, HandlerError, Json } from "../../vocabulary.ts";

interface StepBase {
  /** The request's number, counted from 1 in order of arrival; 0: outside any request. */
  readonly request: number;
  /** When the step ended, milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds from being asked for to being answered, waiting for a turn included. */
  readonly duration: number;
  /** Why it failed, in the words of the database or the cache. */
  readonly error?: string;
}

export interface LiveArrival extends StepBase {
  readonly kind: "arrival";
  readonly method: string;
  readonly path: string;
}

export interface LiveCacheStep extends StepBase {
  readonly kind: "cache";
  readonly operation: CacheOperation;
  readonly key: string | null;
  readonly hit?: boolean;
  /** Stored or returned. */
  readonly value?: Json;
  /** Milliseconds; null: no expiry. Sets only. */
  readonly timeToLive?: number | null;
  /** Whether the entry existed. Deletes only. */
  readonly existed?: boolean;
}

export interface LiveDatabaseStep extends StepBase {
  readonly kind: "database";
  readonly operation: DatabaseOperation;
  readonly sql: string | null;
  /** Blobs and big integers are shown as text. */
  readonly params: readonly Json[];
  /** Tables read by the statement, from SQLite's own program for it. */
  readonly reads: readonly string[];
  readonly costly: boolean;
  readonly changes?: number;
}

export interface LiveAnswer extends StepBase {
  readonly kind: "answer";
  readonly status: number;
  readonly thrown: HandlerError | null;
}

export type LiveStep = LiveArrival | LiveCacheStep | LiveDatabaseStep | LiveAnswer;

/** Called synchronously after each step; must not throw. */
export type Observer = (step: LiveStep) => void;
