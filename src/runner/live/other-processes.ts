/**
 * What other processes of the same service did, as if this one had: their requests get numbers of their own here, and
 * what was under way in one that is gone counts as over. Takes steps in the order of each process.
 */
import type { Heard } from "./live-listener.ts";
import type { LiveStep } from "./live-step.ts";
import type { Tally } from "./tally.ts";

export interface OtherProcesses {
  /** `from`: any number that tells the processes apart. */
  hear(from: number, heard: Heard): void;
  gone(from: number): void;
}

export interface OtherProcessesParts {
  /** Gives the next request's number. */
  readonly reserve: () => number;
  /** The one that counts now. */
  readonly tally: () => Tally;
  readonly tell: (step: LiveStep, tally: Tally, route: string | null) => void;
  readonly staleAnswer: () => void;
}

interface Request {
  readonly number: number;
  /** In which its arrival was counted: so is its answer, whatever was begun again meanwhile. */
  readonly tally: Tally;
  open: boolean;
}

/** Requests of one process that are remembered: what they left behind may still tell of steps after the answer. */
const MOST_REQUESTS = 5000;

export function createOtherProcesses({ reserve, tally, tell, staleAnswer }: OtherProcessesParts): OtherProcesses {
  const processes = new Map<number, Map<number, Request>>();
  const requestOf = (from: number, step: LiveStep): Request | undefined => {
    const known = processes.get(from) ?? new Map<number, Request>();
    processes.set(from, known);
    if (step.kind === "arrival") remember(known, step.request, { number: reserve(), tally: tally(), open: true });
    return step.request === 0 ? { number: 0, tally: tally(), open: false } : known.get(step.request);
  };
  return {
    hear: (from, heard) => {
      if (heard.kind === "stale-answer") return staleAnswer();
      const request = requestOf(from, heard.step);
      if (request === undefined) return; // it arrived before anybody listened
      if (heard.step.kind === "answer") request.open = false;
      tell({ ...heard.step, request: request.number }, request.tally, heard.route);
    },
    gone: (from) => {
      for (const request of processes.get(from)?.values() ?? []) if (request.open) request.tally.lost();
      processes.delete(from);
    },
  };
}

function remember(known: Map<number, Request>, key: number, request: Request): void {
  known.set(key, request);
  const [oldest] = known;
  if (known.size > MOST_REQUESTS && oldest?.[1].open === false) known.delete(oldest[0]);
}
