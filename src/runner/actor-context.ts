/** Which request the running code belongs to; carried through awaits, timers and promises by AsyncLocalStorage. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Location } from "../vocabulary.ts";
import type { HandlerError } from "./effect.ts";
import type { TimerControls } from "./virtual-timers.ts";

/** The transaction that a request has open. */
export interface OpenTransaction {
  readonly begun: Promise<unknown>;
  /** Bodies that joined and have not settled. */
  readonly joined: Set<Promise<unknown>>;
  over: boolean;
}

/** Clock, dice and timers of the world that a request belongs to. */
export interface Controls extends TimerControls {
  /** Virtual milliseconds since the epoch, and since the run began. */
  now(): number;
  elapsed(): number;
  bits(context: ActorContext): () => number;
}

export interface ActorContext {
  readonly actor: number;
  readonly home: Controls & {
    /** Of a promise that this request made. */
    noteRejection(error: unknown): void;
  };
  /** Serial number of the opening; what an older one still asks for is never answered. */
  readonly opening: number;
  /** Uniform unsigned 32-bit integers of this request. */
  bits: (() => number) | null;
  /** The transaction that this request's calls join. */
  transaction: OpenTransaction | null;
  error: HandlerError | null;
  /** Where each `cache.set` was called: Keyv serialises before it reaches the store, and the caller is lost by then. */
  readonly setLocations: Map<string, Location | null>;
}

/** With methods of its own: one that handlers had put on the prototype for a moment would show them the context. */
export const actorStorage: AsyncLocalStorage<ActorContext> = Object.defineProperties(
  new AsyncLocalStorage<ActorContext>(),
  Object.getOwnPropertyDescriptors(AsyncLocalStorage.prototype),
);
