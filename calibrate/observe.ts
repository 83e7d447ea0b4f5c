/**
 * What one service does under load: first one request at a time, then bursts of overlapping requests on few ids, each
 * followed by rest. Takes a service and seeded chance, gives counts; must not know what the checker says.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../src/vocabulary.ts";
import { freeForAll } from "./free-for-all.ts";
import { oneAtATime } from "./in-sequence.ts";
import { countAtOnce } from "./look.ts";
import { isHopeless, nothingSeen, type Observation, type Watch } from "./observation.ts";
import { oneWriter } from "./one-writer.ts";
import { runJobs } from "./outside.ts";
import type { Outside, Service } from "./service.ts";

export interface ObserveOptions {
  readonly service: Service;
  readonly random: Random;
  /** Milliseconds after which no further burst begins. */
  readonly timeLimit: number;
  /** At most. */
  readonly bursts?: number;
  /** Stops early: the counts so far are given. */
  readonly stopped: () => boolean;
}

const BURSTS = 40;
/** Milliseconds: longer than what a handler left behind needs, a late statement included. */
const SETTLE = 40;
/** Untrue answers after which more of them would prove nothing new. */
const ENOUGH = 25;

export async function observe({ timeLimit, bursts = BURSTS, ...options }: ObserveOptions): Promise<Observation> {
  const counts = nothingSeen();
  const watch: Watch = { ...options, counts };
  const growth = await oneAtATime(watch);
  const sorts = sortsOfBurst(watch, growth);
  const begun = performance.now();
  const isOver = (): boolean => watch.stopped() || counts.bursts >= bursts || counts.milliseconds > timeLimit;
  while (!isOver() && !isDecided(counts)) {
    await sorts[counts.bursts % sorts.length]?.();
    counts.bursts += 1;
    counts.milliseconds = performance.now() - begun;
  }
  return counts;
}

function isDecided(counts: Observation): boolean {
  const { untrueInSequence, untrueAfterJob, staleInFlight, impossible, untrueAtRest } = counts;
  const untrue = untrueInSequence + untrueAfterJob + staleInFlight + impossible + untrueAtRest;
  return isHopeless(counts) || (counts.bursts > 0 && untrue >= ENOUGH);
}

/**
 * The sorts of burst that tell something about this service, to be made by turns. Those of its own have no jobs beside
 * them: a job that comes by after a race mends what the race has left.
 */
function sortsOfBurst(watch: Watch, growth: number[][] | null): (() => Promise<void>)[] {
  const { outside } = watch.service;
  const own = [() => freeForAll(watch, { growth, outside: null })];
  const mixed = outside === null ? [] : [() => freeForAll(watch, { growth, outside })];
  if (growth === null) {
    own.push(() => oneWriter(watch, null));
    if (outside !== null) mixed.push(() => oneWriter(watch, outside));
  }
  return [
    ...own.map((burst) => async () => burstAndRest(watch, burst, null)),
    ...mixed.map((burst) => async () => burstAndRest(watch, burst, outside)),
  ];
}

/**
 * What is true is owed to whoever looks at rest, but for two cases: the jobs have failed to tell of what others wrote, or
 * somebody got no answer and may still be at work. Then nobody looks.
 */
async function burstAndRest(watch: Watch, burst: () => Promise<void>, beside: Outside | null): Promise<void> {
  const { counts } = watch;
  const { failed } = counts;
  const putBackAndTold = await putBack(watch);
  await burst();
  await sleep(SETTLE);
  const told = beside === null ? putBackAndTold : await runJobs(watch, beside);
  if (told && counts.failed === failed) counts.untrueAtRest += await countAtOnce(watch);
}

/** So that each burst has something to change and to remove again. */
async function putBack(watch: Watch): Promise<boolean> {
  const { outside } = watch.service;
  outside?.restore();
  return outside === null || runJobs(watch, outside);
}
