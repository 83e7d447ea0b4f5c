/** `list`: every scenario with what it teaches and what was reached in it, as text or JSON. Changes nothing. */
import { join } from "node:path";
import { listScenarios, loadScenario } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import type { Place } from "../workspace/index.ts";
import type { Io } from "./io.ts";
import { type ListedScenario, renderList } from "./list-text.ts";
import { momentsOf } from "./moments.ts";
import { readProgress } from "./read-progress.ts";
import { timeSpent } from "./time-spent.ts";

export interface ListOptions {
  readonly scenario?: string;
  readonly json?: boolean;
}

export async function run(options: ListOptions, io: Io): Promise<number> {
  const listed = await listedScenarios(
    options.scenario === undefined ? await listScenarios(io.root) : [options.scenario],
    io,
  );
  if (options.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, scenarios: listed }, null, 2)}\n`);
  else io.out(renderList(listed, io));
  return 0;
}

/** The shortest first: whoever is new begins at the top. */
export async function listedScenarios(slugs: readonly string[], io: Io): Promise<ListedScenario[]> {
  const loaded = await Promise.all(slugs.map((slug) => loadScenario({ root: io.root, slug })));
  const scenarios = loaded.toSorted((one, other) => one.minutes - other.minutes);
  return await Promise.all(scenarios.map((scenario) => listedScenario(scenario, io)));
}

async function listedScenario(scenario: Scenario, io: Io): Promise<ListedScenario> {
  const { slug, title, teaches, minutes } = scenario;
  const reached = await reachedIn({ home: join(io.cwd, "workshop"), slug });
  return { slug, title, teaches, minutes, ...reached };
}

type Reached = Omit<ListedScenario, "slug" | "title" | "teaches" | "minutes">;

async function reachedIn(place: Place): Promise<Reached> {
  const { attempts, events, setUp, trouble } = await readProgress(place);
  return {
    stars: attempts.reduce<Reached["stars"]>((most, { stars }) => (stars > most ? stars : most), 0),
    attempts: attempts.length,
    passed: attempts.some(({ verdict }) => verdict === "pass"),
    millisecondsSpent: timeSpent(momentsOf([...attempts, ...events])),
    setUp,
    trouble,
  };
}
