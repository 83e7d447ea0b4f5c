/**
 * Worlds for one scenario: opens one per run, seeds it, plays the plan, closes it. Gives `run` to a checker.
 * Takes a host for the handlers; chooses no step and judges nothing.
 */
import type { Cast, CastShape, Outcome, RequestSpec, Run, Scenario } from "../vocabulary.ts";
import { createCanonical, FIRST_WORLD, ID_LIMIT, localId } from "./canonical.ts";
import type { Host } from "./effect.ts";
import { Play } from "./play.ts";
import { castPlayers } from "./players.ts";
import { createRandom } from "./seeded-random.ts";
import { WorldCache } from "./world-cache.ts";
import type { WorldDatabase } from "./world-database.ts";

/** Monday morning, so that a scenario's times of day and of the week read naturally. */
const AT_ONCE = { costly: 0, plain: 0 };
/** When worlds begin unless somebody says otherwise; and when the handlers of an explorer are imported. */
export const EPOCH: number = Date.UTC(2026, 0, 5, 9, 0, 0);

export interface WorldRunner {
  /** One world after the other. */
  readonly run: Run;
  readonly shape: Omit<CastShape, "changes">;
  /** Runs played so far. */
  readonly runs: () => number;
}

export type PlayedScenario = Pick<
  Scenario,
  "schema" | "routes" | "costly" | "bookkeeping" | "longestStaleness" | "seedWorld" | "truth"
> &
  Partial<Pick<Scenario, "databaseDelay">>;

export function createWorldRunner(options: {
  scenario: PlayedScenario;
  host: Host;
  database: WorldDatabase;
  firstWorld?: number;
  /** When worlds begin, in milliseconds since 1970. */
  epoch?: number;
}): WorldRunner {
  const { scenario, database, firstWorld: first = FIRST_WORLD } = options;
  let world = first;
  const run = createRun({ ...options, nextWorld: () => world++, disappointed: { once: false } });
  return { run, shape: measure(scenario, database), runs: () => world - first };
}

/** A run over a host and a database that nobody else uses. */
export function createRun(options: {
  scenario: PlayedScenario;
  host: Host;
  database: WorldDatabase;
  /** Called once for each world; no number may come twice in the life of the handlers. */
  nextWorld: () => number;
  /** Whether a request waited in vain for something outside; may be shared. */
  disappointed: { once: boolean };
  epoch?: number;
}): Run {
  const { scenario, host, database, nextWorld, disappointed, epoch = EPOCH } = options;
  const cache = new WorldCache();

  return async (plan, chooser) => {
    const number = nextWorld();
    const clock = { now: 0 };
    database.open({ seed: plan.seed, now: () => epoch + clock.now });
    try {
      const ids = new Set<number>();
      const cast = seedWorld({ scenario, database, world: number, seed: plan.seed, epoch, ids });
      cache.open(plan.faults ?? []);
      const cacheThrows = plan.faults?.some(({ kind }) => kind === "error") ?? false;
      host.open({ world: number, seed: plan.seed, epoch, trace: plan.trace ?? false, cacheThrows });
      const canonical = createCanonical(number, (n) => ids.has(n));
      const stage = { plan, began: epoch, host, database, cache, clock, canonical };
      const truth = (spec: RequestSpec): Outcome => scenario.truth(database.reader, spec);
      const acting = castPlayers(scenario, plan, cast);
      const { costly, bookkeeping = [], longestStaleness = null, databaseDelay = AT_ONCE } = scenario;
      const rules = { costly, databaseDelay, bookkeeping, longestStaleness };
      return await new Play({ ...stage, ...rules, players: acting, chooser, truth, disappointed }).run();
    } finally {
      database.close();
    }
  };
}

/** Fills the open world; `world`: its number, `ids`: what it used of them is noted there. */
export function seedWorld(options: {
  scenario: PlayedScenario;
  database: WorldDatabase;
  world: number;
  seed: string;
  epoch?: number;
  ids: Set<number>;
}): Cast {
  const { scenario, database, world, epoch = EPOCH, ids } = options;
  const cast = scenario.seedWorld({
    db: database.seeder,
    random: createRandom(`${options.seed}/world`),
    now: new Date(epoch).toISOString(),
    id: (n) => {
      if (!Number.isInteger(n) || n < 1 || n >= ID_LIMIT)
        throw new RangeError(`id(${String(n)}): n must be 1 to ${String(ID_LIMIT - 1)}`);
      ids.add(n);
      return localId(world, n);
    },
  });
  database.seeded();
  return cast;
}

/** Seeds a world only to count its cast; the shape is the same in every world. */
function measure(scenario: PlayedScenario, database: WorldDatabase): Omit<CastShape, "changes"> {
  database.open({ seed: "shape", now: () => EPOCH });
  try {
    const cast = seedWorld({ scenario, database, world: FIRST_WORLD - 1, seed: "shape", ids: new Set() });
    const { routes } = scenario;
    const isShared = (spec: RequestSpec): boolean => routes.find(({ id }) => id === spec.route)?.shared === true;
    return {
      reads: cast.reads.length,
      writes: cast.writes.length,
      refused: cast.refused.length,
      others: cast.others?.length ?? 0,
      external: cast.external?.length ?? 0,
      jobs: routes.filter(({ role }) => role === "job").length,
      shared: cast.reads.flatMap((spec, position) => (isShared(spec) ? [position] : [])),
    };
  } finally {
    database.close();
  }
}
