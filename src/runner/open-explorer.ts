/**
 * Runners whose handlers, gate, SQLite and cache live together in this process: fast, and believed only when one says
 * that a fix is wrong.
 */
import type { Run } from "../vocabulary.ts";
import type { LoadFault } from "./prepare-handlers.ts";
import { createHostOpener } from "./open-local-host.ts";
import { realTurn } from "./real-turn.ts";
import { startStopwatch } from "./stopwatch.ts";
import { WorldDatabase } from "./world-database.ts";
import { createWorldRunner, EPOCH, type PlayedScenario, type WorldRunner } from "./world-runner.ts";

export interface Explorer extends WorldRunner {
  /** What makes every verdict worthless, or null. */
  readonly disturbance: () => LoadFault | null;
}

/** `folder`: as prepared. Handlers that were opened before must be at rest. */
export type OpenExplorer = (options: {
  folder: string;
  scenario: PlayedScenario;
  /** Called between runs now and then: as long as it is, no handler holds the process up. */
  onLife: () => void;
}) => Promise<Explorer | { readonly fault: LoadFault }>;

/** `resolve`: from a bare specifier to the tool's own copy, or null. Call once in the life of a process. */
export function createExplorerOpener(options: {
  schema: string;
  resolve: (specifier: string) => string | null;
}): OpenExplorer {
  const database = new WorldDatabase(options.schema); // first: the guard closes the door for addons
  const openHost = createHostOpener(options.resolve, EPOCH);
  return async ({ folder, scenario, onLife }) => {
    const opened = await openHost({ folder, routes: scenario.routes });
    if ("fault" in opened) return opened;
    const runner = createWorldRunner({ scenario, host: opened.host, database });
    const run: Run = async (plan, chooser) => {
      if (plan.justStarted === true) await opened.restart();
      return await runner.run(plan, chooser);
    };
    return { ...runner, run: withSignsOfLife(run, onLife), disturbance: opened.disturbance };
  };
}

const LIFE_EVERY = 50;

/** Runs need no turn of the event loop, but messages to the parent do. */
function withSignsOfLife(run: Run, onLife: () => void): Run {
  let since = startStopwatch();
  return async (plan, chooser) => {
    if (since() > LIFE_EVERY) {
      since = startStopwatch();
      onLife();
      await realTurn();
    }
    return await run(plan, chooser);
  };
}
