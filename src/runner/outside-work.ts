/**
 * Work that handlers have handed to the system and that comes back in real time: a hash, a key, a module's file. It
 * takes no step, so whoever plays a world must let it end before anything else happens, or chance would decide who is
 * first. Only for processes that exist to run handlers.
 */
import { createHook } from "node:async_hooks";
import { actorStorage } from "./actor-context.ts";

export interface OutsideWork {
  /** Something that a request of the service has begun is not done. */
  isUnderWay(): boolean;
}

/** Node calls what ends by itself a request: `HASHREQUEST`, `FSREQPROMISE`. A port or a socket may stay open for ever. */
const ENDS = /REQ/u;

/** Call once in the life of a process. */
export function watchOutsideWork(): OutsideWork {
  const begun = new Set<number>();
  const end = (id: number): void => void begun.delete(id);
  const options = {
    init: (id: number, type: string): void => {
      if (ENDS.test(type) && actorStorage.getStore() !== undefined) begun.add(id);
    },
    after: end,
    destroy: end,
    trackPromises: false, // a runtime that does not know it tells of promises too: slower, and of no other effect
  };
  createHook(options).enable();
  return { isUnderWay: () => begun.size > 0 };
}
