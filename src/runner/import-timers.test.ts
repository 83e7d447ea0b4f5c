/** Timers that modules start while they are loaded, played in worlds: who hears of them, and when they fire. */
import { expect, test } from "vitest";
import type { Chooser, Handler, History } from "../vocabulary.ts";
import { createAtRest } from "./at-rest.ts";
import { createImportTimers, type ImportTimers } from "./import-timers.ts";
import { LocalHost } from "./local-host.ts";
import { WorldDatabase } from "./world-database.ts";
import { createWorldRunner, type PlayedScenario } from "./world-runner.ts";

const scenario: PlayedScenario = {
  schema: "CREATE TABLE items (id INTEGER PRIMARY KEY)",
  costly: ["items"],
  bookkeeping: [],
  routes: [{ id: "read", method: "GET", path: "/items", file: "a.ts", export: "read", role: "read" }],
  seedWorld: () => ({ reads: [{ route: "read", path: "/items" }], writes: [], refused: [] }),
  truth: () => ({ status: 200, body: "read" }),
};

const FIRST: Chooser = { choose: () => 0 };

interface Played {
  readonly host: LocalHost;
  /** Reads one after the other, the number of the instance for each. */
  play(...instances: (0 | 1)[]): Promise<History>;
}

/** `load` is what the modules of the first instance do while they are loaded. */
function loaded(load: (timers: ImportTimers) => void, serve: Handler = (c) => Promise.resolve(c.json("read"))): Played {
  const timers = createImportTimers();
  load(timers);
  const handlers = new Map([["read", serve]]);
  const host = new LocalHost({
    routes: scenario.routes,
    handlers: [handlers, handlers],
    importTimers: [timers.take(), []],
    atRest: createAtRest({ isUnderWay: () => false }),
    globals: { connect: () => {} },
    locate: (stack) => (stack === undefined ? null : { file: "a.ts", line: 1, column: 1 }),
  });
  const runner = createWorldRunner({ scenario, host, database: new WorldDatabase(scenario.schema) });
  const play = (...instances: (0 | 1)[]): Promise<History> => {
    const phases = instances.map((instance) => ({ actors: [{ ref: "r0" as const, instance }] }));
    return runner.run({ phases, probe: false, seed: "test", trace: true }, FIRST);
  };
  return { host, play };
}

function told({ events }: History): string[] {
  return events.map(({ kind, actor }) => `${kind} ${actor}`);
}

test("it fires once in each world, when all requests are answered", async () => {
  let swept = 0;
  const { host, play } = loaded((timers) => timers.start({ delay: 60_000, repeats: true, run: () => (swept += 1) }));
  expect(told(await play(0, 0))).toEqual(["arrival 0", "answer 0", "arrival 1", "answer 1", "timer 0"]);
  expect(swept).toBe(1);
  await play(0);
  expect(swept).toBe(2);
  expect(host.stray).toBeNull();
});

test("it belongs to the instance whose modules have started it", async () => {
  const { play } = loaded((timers) => timers.start({ delay: 10, repeats: false, run: () => {} }));
  expect(told(await play(1))).toEqual(["arrival 0", "answer 0"]);
  expect(told(await play(1, 0))).toEqual(["arrival 0", "answer 0", "arrival 1", "answer 1", "timer 1"]);
});

test("one that is cleared while modules are loaded never fires", async () => {
  const { play } = loaded((timers) => timers.clear(timers.start({ delay: 10, repeats: true, run: () => {} })));
  expect(told(await play(0))).toEqual(["arrival 0", "answer 0"]);
});

test("one that uses the cache is told, with the place where it was started", async () => {
  let cache: { set: (key: string, value: string) => Promise<unknown> } | undefined;
  const { host, play } = loaded(
    (timers) => timers.start({ delay: 10, repeats: true, run: () => void cache?.set("key", "value") }),
    (c) => {
      ({ cache } = c.var);
      return Promise.resolve(c.json("read"));
    },
  );
  expect(told(await play(0))).toEqual(["arrival 0", "answer 0", "timer 0"]);
  expect(host.stray).toEqual({ location: { file: "a.ts", line: 1, column: 1 } });
});
