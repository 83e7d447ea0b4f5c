/**
 * Time that passes only when nothing else can happen: minutes of a service's life in a second. Whoever waits is woken in
 * the order of the clock, and of asking where two wake at once, so that the same work gives the same run.
 * For a process of its own: its `Date` is replaced for good.
 */
import { setImmediate as turn } from "node:timers/promises";
import { replaceDate } from "../replace-date.ts";

export interface VirtualTime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves when so many milliseconds have passed. */
  wait(milliseconds: number): Promise<void>;
  /** Calls `act` at that moment, or at once when it is past. */
  at(moment: number, act: () => void): void;
  /** Lets time pass until that moment; resolves when everything due by then has been done. */
  passUntil(moment: number): Promise<void>;
}

interface Due {
  readonly moment: number;
  readonly act: () => void;
}

/**
 * Turns of the event loop after which whoever was woken has come to its next wait: a database and a cache in this
 * process take none, reading a request's body takes one or two.
 */
const TURNS = 4;

/** Any moment would do; a fixed one makes what depends on it repeatable. */
const FIRST_MOMENT = Date.UTC(2026, 0, 5, 9);

/** Call once, before any handler is imported. */
export function installVirtualTime(): VirtualTime {
  const due: Due[] = [];
  let now = FIRST_MOMENT;
  replaceDate(() => now);
  const at = (moment: number, act: () => void): void => {
    const place = due.findIndex((other) => other.moment > moment);
    due.splice(place === -1 ? due.length : place, 0, { moment, act });
  };
  return {
    now: () => now,
    wait: (milliseconds) => new Promise((resolve) => at(now + milliseconds, resolve)),
    at,
    passUntil: async (moment) => {
      for (;;) {
        await settle();
        const next = due[0];
        if (next === undefined || next.moment > moment) break;
        due.shift();
        now = Math.max(now, next.moment);
        next.act();
      }
      now = Math.max(now, moment);
    },
  };
}

async function settle(): Promise<void> {
  for (let n = 0; n < TURNS; n += 1) await turn();
}
