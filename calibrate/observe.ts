/**
 * What one service does under load: first one request at a time, then bursts of overlapping requests on few ids, each
 * followed by rest. Takes a service and seeded chance, gives counts; must not know what the checker says.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome, Random } from "../src/vocabulary.ts";
import { type Answer, type Figures, isTrue, judgeFigure, learnGrowth, openLedger } from "./oracle.ts";
import type { Service } from "./service.ts";

/** Counts of answers. What is not counted as untrue or failed was right. */
export interface Observation {
  requests: number;
  /** Untrue although nothing else was going on, ever. */
  untrueInSequence: number;
  /** Older than a write that was acknowledged before the read was sent. */
  staleInFlight: number;
  /** A number that the database had not held yet, or none. */
  impossible: number;
  /** Untrue after everybody had been answered and a moment had passed. */
  untrueAtRest: number;
  /** No answer in time, or 500 and above. */
  failed: number;
  /** Bursts that were completed, and the milliseconds that they took. */
  bursts: number;
  milliseconds: number;
}

export interface ObserveOptions {
  readonly service: Service;
  readonly random: Random;
  /** Milliseconds after which no further burst begins. */
  readonly timeLimit: number;
  /** Stops early: the counts so far are given. */
  readonly stopped: () => boolean;
}

const SERVERS = 2;
const WRITES_ALONE = 9;
const BURSTS = 40;
const BURST_SIZE = 80;
const CLIENTS = 20;
/** One request in this many is a write. */
const READS_PER_WRITE = 4;
/** Milliseconds: longer than what a handler left behind needs on its way to a healthy cache. */
const SETTLE = 12;
/** A service that fails this often is not worth waiting for. */
const TOO_MANY_FAILED = 10;
/** Untrue answers after which more of them would prove nothing new. */
const ENOUGH = 25;

export async function observe(options: ObserveOptions): Promise<Observation> {
  const counts: Observation = {
    requests: 0,
    untrueInSequence: 0,
    staleInFlight: 0,
    impossible: 0,
    untrueAtRest: 0,
    failed: 0,
    bursts: 0,
    milliseconds: 0,
  };
  const growth = await oneAtATime(options, counts);
  const begun = performance.now();
  while (!options.stopped() && !isDecided(counts) && counts.milliseconds <= options.timeLimit) {
    await burst(options, counts, growth);
    await sleep(SETTLE);
    counts.untrueAtRest += await countAtRest(options, counts);
    counts.bursts += 1;
    counts.milliseconds = performance.now() - begun;
  }
  return counts;
}

function isDecided({ failed, bursts, ...counts }: Observation): boolean {
  const untrue = counts.untrueInSequence + counts.staleInFlight + counts.impossible + counts.untrueAtRest;
  return bursts >= BURSTS || failed >= TOO_MANY_FAILED || (bursts > 0 && untrue >= ENOUGH);
}

/** Every read through every server after every write: all of it must be true. Gives what the writes add to the reads. */
async function oneAtATime(options: ObserveOptions, counts: Observation): Promise<number[][] | null> {
  const { service, random, stopped } = options;
  const alone: { write: number; before: Figures; after: Figures }[] = [];
  counts.untrueInSequence += await countInSequence(options, counts);
  for (let n = 0; n < WRITES_ALONE && counts.failed < TOO_MANY_FAILED && !stopped(); n += 1) {
    const write = n % service.writes;
    const before = service.figures();
    note(counts, await service.write(write, random.integer(0, SERVERS - 1)));
    alone.push({ write, before, after: service.figures() });
    counts.untrueInSequence += await countInSequence(options, counts);
  }
  return learnGrowth(alone);
}

/** Reads everything through every server, one after the other, in any order. */
async function countInSequence(options: ObserveOptions, counts: Observation): Promise<number> {
  let untrue = 0;
  for (const read of shuffled(everyRead(options.service), options.random))
    if (await isUntrue(options.service, counts, read)) untrue += 1;
  return untrue;
}

/** The same all at once: nobody writes any more, so the order of the reads must not matter. */
async function countAtRest({ service }: ObserveOptions, counts: Observation): Promise<number> {
  const untrue = await Promise.all(everyRead(service).map(async (read) => isUntrue(service, counts, read)));
  return untrue.filter(Boolean).length;
}

async function isUntrue(service: Service, counts: Observation, { read, server }: Read): Promise<boolean> {
  const before = service.truth()[read];
  const answer = await service.read(read, server);
  note(counts, answer);
  // A write that was answered before it was done may still commit: both sides of that moment are true.
  return answered(answer) && ![before, service.truth()[read]].some((truth) => holds(answer, truth));
}

function holds(answer: Answer, truth: Outcome | undefined): boolean {
  return truth !== undefined && isTrue(answer, truth);
}

/** Some clients at once, each sending the next request as soon as its last was answered. */
async function burst(
  { service, random }: ObserveOptions,
  counts: Observation,
  growth: number[][] | null,
): Promise<void> {
  const ledger = openLedger(service.figures(), growth ?? []);
  const inFlight: InFlight = { service, counts, ledger, counted: growth !== null };
  let left = BURST_SIZE;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const server = random.integer(0, SERVERS - 1);
      if (random.integer(0, READS_PER_WRITE) === 0)
        await writeOnce(inFlight, random.integer(0, service.writes - 1), server);
      else await readOnce(inFlight, random.integer(0, service.reads - 1), server);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

interface InFlight {
  readonly service: Service;
  readonly counts: Observation;
  readonly ledger: ReturnType<typeof openLedger>;
  /** Numbers can be judged while writes are under way. */
  readonly counted: boolean;
}

async function writeOnce({ service, counts, ledger }: InFlight, write: number, server: number): Promise<void> {
  ledger.sent(write);
  const answer = await service.write(write, server);
  note(counts, answer);
  if (answer !== null && answer.status < 300) ledger.acknowledged(write);
}

async function readOnce({ service, counts, ledger, counted }: InFlight, read: number, server: number): Promise<void> {
  const floor = ledger.floor(read);
  const answer = await service.read(read, server);
  note(counts, answer);
  if (!counted || !answered(answer) || Number.isNaN(floor)) return;
  const judged = judgeFigure(service.figureIn(answer.body), { floor, ceiling: ledger.ceiling(read) });
  if (judged === "stale") counts.staleInFlight += 1;
  if (judged === "impossible") counts.impossible += 1;
}

function note(counts: Observation, answer: Answer | null): void {
  counts.requests += 1;
  if (!answered(answer)) counts.failed += 1;
}

function answered(answer: Answer | null): answer is Answer {
  return answer !== null && answer.status < 500;
}

interface Read {
  readonly read: number;
  readonly server: number;
}

function everyRead({ reads }: Service): Read[] {
  return Array.from({ length: reads * SERVERS }, (_, n) => ({ read: Math.floor(n / SERVERS), server: n % SERVERS }));
}

/** Fisher and Yates. */
function shuffled(list: readonly Read[], random: Random): Read[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random.integer(0, left.length - 1), 1));
}
