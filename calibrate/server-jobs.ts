/** Orders to a server process to run its jobs, and their ends as it tells of them. Knows no process: it is given the way. */
import type { Answer } from "./oracle.ts";
import type { JobsOrder } from "./server-message.ts";

/** Milliseconds that a run may take. */
const PATIENCE = 3_000;

export interface Jobs {
  /** Takes the way to the process, once there is one. */
  readonly open: (tell: (order: JobsOrder) => void) => void;
  readonly ended: (end: { readonly turn: number; readonly status: number }) => void;
  /** null when the run does not end in time. */
  readonly run: () => Promise<Answer | null>;
}

export function openJobs(): Jobs {
  const running = new Map<number, (answer: Answer | null) => void>();
  let tell: ((order: JobsOrder) => void) | null = null;
  let turns = 0;
  return {
    open: (way) => {
      tell = way;
    },
    ended: ({ turn, status }) => running.get(turn)?.({ status, body: null }),
    run: async () => {
      const turn = (turns += 1);
      const { promise, resolve } = Promise.withResolvers<Answer | null>();
      running.set(turn, resolve);
      const limit = setTimeout(() => resolve(null), PATIENCE);
      tell?.({ kind: "run-jobs", turn });
      return promise.finally(() => {
        clearTimeout(limit);
        running.delete(turn);
      });
    },
  };
}
