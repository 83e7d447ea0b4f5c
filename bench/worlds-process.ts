/**
 * Entry of the process that plays worlds: gated by the runner, not gated, and under fast-check's scheduler, by turns.
 * A process of its own, because the runner replaces clock and dice of the one it opens in, for good.
 * Takes the folder of prepared handlers; sends worlds a second, or an error.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Scheduler, assert, asyncProperty, scheduler as anyScheduler } from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { scenario } from "../scenarios/stale-statistics/scenario.ts";
import { createExplorerOpener } from "../src/runner/index.ts";
import type { Cast, Chooser, Handler, RequestSpec, Run, RunPlan } from "../src/vocabulary.ts";
import { compare } from "./compare.ts";
import { type Dress, type PlainService, openPlainService } from "./plain-service.ts";

/** Worlds a second, two and two measured by turns. */
export interface Rates {
  readonly overlapping: { readonly gated: number; readonly plain: number };
  readonly inSequence: { readonly gated: number; readonly plain: number };
  /** Fresh: with a service of its own for each run, as properties are mostly written. */
  readonly scheduled: { readonly gated: number; readonly fastCheck: number; readonly freshFastCheck: number };
}

export type WorldsMessage = { readonly rates: Rates } | { readonly error: string };

const TURNS = 15;
const WORLDS_A_TURN = 300;
/** Turns of every kind before any counts: the engine compiles what it has seen often. */
const WARM_UP = 5;

// Kept by value: once the runner is open, handlers are refused `process.send`, and `_send`, which it goes through.
const line = Object.create(process, { _send: { value: Reflect.get(process, "_send") } }) as NodeJS.Process;
const send = process.send?.bind(line);
const say = (message: WorldsMessage): void => void send?.(message);

process.once("message", (folder: string) => {
  measure(folder)
    .then((rates) => say({ rates }))
    .catch((error: unknown) => say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
    .finally(() => process.disconnect());
});

async function measure(folder: string): Promise<Rates> {
  const open = createExplorerOpener({ schema: scenario.schema, resolve: () => null });
  const explorer = await open({ folder, scenario, onLife: () => {} });
  if ("fault" in explorer) throw new Error(explorer.fault.fault.message);
  const handlers = await loadedHandlers(folder);
  const openPlain = (): PlainService => openPlainService({ scenario, handlers });
  const service = openPlain();
  const overlapping = (): Promise<void> => playGated(explorer.run, [TOGETHER]);
  const inSequence = (): Promise<void> => playGated(explorer.run, ONE_BY_ONE);
  const plain = (): Promise<void> => playPlain(service, allAtOnce);
  for (let turn = 0; turn < WARM_UP; turn += 1)
    for (const play of [overlapping, inSequence, plain, () => playScheduled(() => service)]) await play();
  const [first, second, third, fourth] = [
    await race(overlapping, plain),
    await race(inSequence, () => playPlain(service, oneByOne)),
    await race(overlapping, () => playScheduled(() => service)),
    await race(overlapping, () => playScheduled(openPlain)),
  ];
  return {
    overlapping: { gated: first.ours, plain: first.baseline },
    inSequence: { gated: second.ours, plain: second.baseline },
    scheduled: { gated: third.ours, fastCheck: third.baseline, freshFastCheck: fourth.baseline },
  };
}

/** Worlds a second of each. */
async function race(ours: () => Promise<void>, baseline: () => Promise<void>): ReturnType<typeof compare> {
  const times = await compare({ ours, baseline, turns: TURNS });
  const rate = (milliseconds: number): number => (WORLDS_A_TURN * 1000) / milliseconds;
  return { ours: rate(times.ours), baseline: rate(times.baseline) };
}

/** The very functions that the runner drives: a module is loaded once. */
async function loadedHandlers(folder: string): Promise<ReadonlyMap<string, Handler>> {
  const handlers = new Map<string, Handler>();
  for (const { id, file, export: name } of scenario.routes) {
    const module = (await import(pathToFileURL(join(folder, "a", file)).href)) as Record<string, Handler>;
    const handler = module[name];
    if (handler !== undefined) handlers.set(id, handler);
  }
  return handlers;
}

const TOGETHER: RunPlan["phases"][number] = {
  actors: [
    { ref: "r0", instance: 0 },
    { ref: "w0", instance: 0 },
    { ref: "r0", instance: 0 },
  ],
};
const ONE_BY_ONE: RunPlan["phases"] = TOGETHER.actors.map((actor) => ({ actors: [actor] }));

/** Every world goes its own way, as in an exploration. */
async function playGated(run: Run, phases: RunPlan["phases"]): Promise<void> {
  const dice = xoroshiro128plus(1);
  const chooser: Chooser = { choose: ({ options }) => (dice.next() >>> 0) % options.length };
  const plan: RunPlan = { phases, probe: false, seed: "bench" };
  for (let world = 0; world < WORLDS_A_TURN; world += 1) {
    const { end, requests } = await run(plan, chooser);
    if (end.kind !== "complete" || requests.some(({ response }) => (response?.status ?? 500) >= 400))
      throw new Error(`A gated world ended as ${end.kind}.`);
  }
}

type Order = (send: (spec: RequestSpec) => Promise<void>, requests: readonly RequestSpec[]) => Promise<unknown>;

const allAtOnce: Order = (sendOne, requests) => Promise.all(requests.map(sendOne));
const oneByOne: Order = async (sendOne, requests) => {
  for (const spec of requests) await sendOne(spec);
};

async function playPlain(service: PlainService, order: Order): Promise<void> {
  for (let world = 0; world < WORLDS_A_TURN; world += 1)
    await service.inWorld((cast, sendOne) => order(sendOne, requestsOf(cast)));
}

function requestsOf({ reads: [read], writes: [write] }: Cast): readonly RequestSpec[] {
  if (read === undefined || write === undefined) throw new Error("The cast has no read or no write.");
  return [read, write, read];
}

/** As fast-check's guide to race conditions has it: asynchronous calls scheduled, then `waitFor` what matters. */
async function playScheduled(open: () => PlainService): Promise<void> {
  const property = asyncProperty(anyScheduler(), async (scheduler) => {
    await open().inWorld(
      (cast, sendOne) => scheduler.waitFor(allAtOnce(sendOne, requestsOf(cast))),
      dressFor(scheduler),
    );
  });
  await assert(property, { numRuns: WORLDS_A_TURN, seed: 1 });
}

function dressFor(scheduler: Scheduler): Dress {
  const scheduled = <Call extends (...args: never[]) => Promise<unknown>>(call: Call): Call =>
    scheduler.scheduleFunction(call) as unknown as Call;
  return ({ db, cache }) => {
    const calls = {
      get: scheduled((key: string) => cache.get(key)),
      set: scheduled((key: string, value: unknown, ttl?: number) => cache.set(key, value, ttl)),
      delete: scheduled((key: string) => cache.delete(key)),
    };
    return {
      db: { ...db, get: scheduled(db.get), all: scheduled(db.all), run: scheduled(db.run) },
      cache: Object.assign(Object.create(cache) as typeof cache, calls),
    };
  };
}
