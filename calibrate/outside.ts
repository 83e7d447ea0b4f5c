/**
 * What happens to a service beside requests: other programs write into its database, and it runs its jobs. Gives both to
 * whoever watches it; no two runs of jobs ever overlap, because one server leads, as where a service is really served.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../src/vocabulary.ts";
import { note, type Watch } from "./observation.ts";
import type { Answer } from "./oracle.ts";
import { type Outside, SERVERS } from "./service.ts";

/** Milliseconds from the end of one run to the next. A scenario's own pause is for people to see. */
const JOBS_EVERY = 15;

/** Runs the jobs once, through any server. Gives whether they have done what there was to do. */
export async function runJobs({ random, counts }: Watch, outside: Outside): Promise<boolean> {
  const answer = await outside.runJobs(random.integer(0, SERVERS - 1));
  note(counts, answer);
  return isDone(answer);
}

/** One of the external writes, or what puts everything back, which is one as well. */
export function writeOutside(outside: Outside, random: Random): void {
  const write = random.integer(0, outside.writes);
  if (write === outside.writes) outside.restore();
  else outside.write(write);
}

/**
 * Runs the jobs again and again while the body goes on; whichever server leads does so until the end. `begin` is called
 * when a run begins, and what it gives when that run has done what there was to do. Not waited for is a run to come.
 */
export async function whileJobsRun(
  { random, counts }: Watch,
  { outside, begin }: { outside: Outside; begin: () => () => void },
  body: () => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const leader = random.integer(0, SERVERS - 1);
  const jobs = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const end = begin();
      const answer = await outside.runJobs(leader);
      note(counts, answer);
      if (isDone(answer)) end();
      await sleep(JOBS_EVERY, null, { signal: over.signal }).catch(() => null);
    }
  };
  const running = jobs();
  try {
    await body();
  } finally {
    over.abort();
    await running;
  }
}

function isDone(answer: Answer | null): boolean {
  return answer !== null && answer.status < 400;
}
