/**
 * What handlers ask of the world, and what a host reports about them. Types only.
 * Everything here survives structured cloning, since the confirm run sends it over a pipe.
 */
import type { Location, SqlValue } from "../vocabulary.ts";

export interface CacheEffect {
  readonly resource: "cache";
  /** `keys` lists the keys, for handlers that iterate over the cache. */
  readonly operation: "get" | "set" | "delete" | "clear" | "keys";
  readonly key: string | null;
  /** Serialised by Keyv. Sets only. */
  readonly value?: string;
  /** Milliseconds; null: no expiry. Sets only. */
  readonly timeToLive?: number | null;
}

export interface DatabaseEffect {
  readonly resource: "database";
  readonly operation: "get" | "all" | "run" | "begin" | "commit" | "rollback";
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

export type Effect = CacheEffect | DatabaseEffect;

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** An effect that waits at the gate. */
export interface PendingEffect {
  readonly id: number;
  readonly actor: number;
  readonly effect: Effect;
  readonly location: Location | null;
}

/** A timer that waits at the gate. `due` is virtual milliseconds since the run began. */
export interface PendingTimer {
  readonly id: number;
  readonly actor: number;
  readonly delay: number;
  readonly due: number;
  /** A module has started it, and the request only carries it: it fires when all requests are answered. */
  readonly background?: true;
}

export interface HandlerError {
  readonly name: string;
  readonly message: string;
  readonly location: Location | null;
}

export interface Answer {
  readonly actor: number;
  readonly status: number;
  readonly contentType: string | null;
  readonly cacheControl?: string | null;
  /** Only where the handler sent one. */
  readonly etag?: string;
  readonly text: string;
  readonly error: HandlerError | null;
}

/** What became of the handlers since the last report. */
export interface Activity {
  readonly effects: readonly PendingEffect[];
  readonly timers: readonly PendingTimer[];
  readonly clearedTimers: readonly number[];
  readonly answers: readonly Answer[];
  /** Errors outside of an answer: thrown in a timer, or a rejection that nobody handled. */
  readonly errors: readonly { readonly actor: number; readonly error: HandlerError }[];
}

export interface WorldOpening {
  readonly world: number;
  /** Names the requests' randomness. */
  readonly seed: string;
  /** Virtual time at which the run begins, milliseconds since the epoch. */
  readonly epoch: number;
  readonly trace: boolean;
  /** A failing cache rejects instead of answering false. */
  readonly cacheThrows: boolean;
}

export interface Call {
  readonly actor: number;
  readonly instance: 0 | 1;
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Where handlers live: in this process (explore) or in children of their own (confirm). */
export interface Host {
  open(opening: WorldOpening): void;
  arrive(call: Call): void;
  reply(effect: PendingEffect, reply: Reply): void;
  fire(timer: PendingTimer): void;
  /** Virtual milliseconds since the run began. */
  setClock(now: number): void;
  /** Resolves when no handler can go on by itself any more. */
  rest(): Promise<Activity>;
  /** Like `rest`, after one turn of the real event loop: for handlers that wait for something of their own. */
  turn(): Promise<Activity>;
  /** What is heard once a run is over: rejections that nobody handled. */
  afterwards(): Promise<Activity>;
}
