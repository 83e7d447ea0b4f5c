/**
 * A serving process among others: what it tells them through the command, and what it has done, told in batches to the
 * one that leads. Takes a way to tell; knows no service.
 */
import type { live } from "../runner/index.ts";
import type { FromServing } from "./serve-message.ts";

export interface Peers {
  /** Resolves when all others have followed. */
  tellOthers(order: live.SharedOrder): Promise<void>;
  othersFollowed(id: string): void;
  /** For a service that does not lead. */
  readonly listener: live.LiveListener;
  /** To be called several times a second, and before it is said that an order was followed. */
  flush(): void;
}

/** `newId`: differs each time, in every process. */
export function openPeers(tell: (message: FromServing) => void, newId: () => string): Peers {
  const waiting = new Map<string, () => void>();
  let heard: live.Heard[] = [];
  return {
    tellOthers: async (order) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const id = newId();
      waiting.set(id, resolve);
      tell({ kind: "for-others", id, order });
      await promise;
    },
    othersFollowed: (id) => {
      waiting.get(id)?.();
      waiting.delete(id);
    },
    listener: {
      step: (step, route) => void heard.push({ kind: "step", step, route }),
      staleAnswer: () => void heard.push({ kind: "stale-answer" }),
      point: () => {},
      answer: () => {}, // its step has told of it
      startAgain: () => {},
    },
    flush: () => {
      if (heard.length === 0) return;
      tell({ kind: "did", heard });
      heard = [];
    },
  };
}
