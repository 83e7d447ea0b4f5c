/**
 * Tells which request a call belongs to, however deep in a handler it is made and whichever handle it uses.
 * One scope per live service; knows neither database nor cache, only keeps what they note on the request.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { OpenTransaction } from "./transactions.ts";

export interface LiveRequest {
  /** From 1; 0 for work outside any request. */
  readonly number: number;
  /** Id of the route that serves it; null: none does, or not yet. */
  route: string | null;
  /** The transaction that this request's calls join. */
  transaction: OpenTransaction | null;
  /** Settles when the last database call asked for so far has taken effect; never rejects. */
  lastEffect: Promise<unknown>;
}

export interface RequestScope {
  /** Runs `body` as the next request. */
  enter<Result>(body: (request: LiveRequest) => Result): Result;
  /** Runs `body` as nobody's request, with a transaction of its own if it opens one. */
  enterNobody<Result>(body: (request: LiveRequest) => Result): Result;
  /** The next number, for a request that is served elsewhere. */
  reserve(): number;
  /** The request whose call this is, or null outside any. */
  current(): LiveRequest | null;
}

export function createRequestScope(): RequestScope {
  const storage = new AsyncLocalStorage<LiveRequest>();
  let arrived = 0;
  return {
    enter: (body) => {
      arrived += 1;
      const request = newRequest(arrived);
      return storage.run(request, () => body(request));
    },
    enterNobody: (body) => {
      const nobody = newRequest(0);
      return storage.run(nobody, () => body(nobody));
    },
    reserve: () => {
      arrived += 1;
      return arrived;
    },
    current: () => storage.getStore() ?? null,
  };
}

function newRequest(number: number): LiveRequest {
  return { number, route: null, transaction: null, lastEffect: Promise.resolve() };
}
