/** The isolation that handlers may rely on, in a check: every body is a request of one world. */
import { type Body, ISOLATION_SCHEMA } from "./isolation-bench.test-support.ts";
import { expectRefusal, REFUSED, STATEMENT_CASES } from "./statement-cases.test-support.ts";
import { TRANSACTION_CASES } from "./transaction-cases.test-support.ts";
import { expect, test } from "vitest";
import type { Chooser, Handler } from "../vocabulary.ts";
import { createAtRest } from "./at-rest.ts";
import { LocalHost } from "./local-host.ts";
import { WorldDatabase } from "./world-database.ts";
import { createWorldRunner, type PlayedScenario } from "./world-runner.ts";

test.each(Object.entries({ ...TRANSACTION_CASES, ...STATEMENT_CASES }))("%s", async (_, expectations) => {
  await expect(expectations(playInOneWorld)).resolves.toBeUndefined();
});

test.each(REFUSED)("%j is refused by get, all and run, in a transaction as well, and changes nothing", async (sql) => {
  await expect(expectRefusal(playInOneWorld, sql)).resolves.toBeUndefined();
});

async function playInOneWorld(...phases: readonly (readonly Body[])[]): Promise<unknown[]> {
  const bodies = phases.flat();
  const outcomes: unknown[] = bodies.map(() => "never answered");
  const handler: Handler = async (c) => {
    const position = Number(c.req.param("position"));
    outcomes[position] = await bodies[position]?.(c.var.db).catch((error: Error) => ({ error: error.message }));
    return c.json({});
  };
  const runner = createWorldRunner({
    scenario: scenarioFor(bodies.length),
    host: hostOf(handler),
    database: new WorldDatabase(ISOLATION_SCHEMA),
  });
  let next = 0;
  const actors = phases.map((phase) => ({
    actors: phase.map(() => ({ ref: `w${next++}` as const, instance: 0 as const })),
  }));
  await runner.run({ phases: actors, probe: false, seed: "isolation" }, inTurns());
  return outcomes;
}

/** Always somebody else's step where there is one: as much overlap as the bodies allow. */
function inTurns(): Chooser {
  return { choose: ({ options }) => options.length - 1 };
}

function scenarioFor(count: number): PlayedScenario {
  return {
    schema: ISOLATION_SCHEMA,
    costly: [],
    routes: [{ id: "body", method: "POST", path: "/bodies/:position", file: "body.ts", export: "body", role: "write" }],
    seedWorld: () => ({
      reads: [],
      writes: Array.from({ length: count }, (_, n) => ({ route: "body", path: `/bodies/${String(n)}` })),
      refused: [],
    }),
    truth: () => ({ status: 200 }),
  };
}

function hostOf(handler: Handler): LocalHost {
  const handlers = new Map([["body", handler]]);
  return new LocalHost({
    atRest: createAtRest({ isUnderWay: () => false }),
    routes: scenarioFor(0).routes,
    handlers: [handlers, handlers],
    globals: { connect: () => {} },
    locate: () => null,
  });
}
