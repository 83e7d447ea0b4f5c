/**
 * `stale-stats compare-strategies`: the strategies that a scenario brings, each serving the same traffic from a database
 * of its own, and what that gave and cost. Takes options and an Io, gives the exit code; changes nothing of a workshop.
 */
import { dirname, resolve } from "node:path";
import { WorkshopError } from "../errors.ts";
import { comparisonChart } from "../report/index.ts";
import { listScenarios, loadScenario, pages } from "../scenario/index.ts";
import type { Comparison, ComparedTraffic, Scenario, StrategyRun } from "../vocabulary.ts";
import { copyDatabase } from "../workspace/index.ts";
import { runStrategies } from "./compare-child.ts";
import { comparisonOf } from "./compare-figures.ts";
import { comparisonText, progressText } from "./compare-text.ts";
import { onStage } from "./demonstrate-problem-stage.ts";
import type { Io } from "./io.ts";
import { writeReportFile } from "./report-file.ts";
import { untilStopped } from "./until-stopped.ts";

export interface CompareOptions {
  readonly scenario: string;
  readonly json?: boolean;
  readonly svg?: string;
  readonly minutes?: number;
  readonly seed?: string;
}

type Strategies = Awaited<ReturnType<typeof pages.loadStrategies>>;

const SEED = "shop";

/** Exit codes: 0; 2 and 6 as everywhere; 130 when interrupted. */
export async function run(options: CompareOptions, io: Io): Promise<number> {
  const place = { root: io.root, slug: options.scenario };
  const scenario = await loadScenario(place);
  const strategies = await pages.loadStrategies(place);
  if (scenario.traffic === undefined || strategies.list.length === 0) throw await nothingToCompare(scenario, io);
  const { seed = SEED, minutes = scenario.traffic.minutes } = options;
  const runs = await untilStopped(io, (signal) => measure({ io, scenario, strategies, seed, minutes, signal }));
  if (runs === null) return 130;
  const comparison = comparisonOf({ scenario: scenario.slug, seed, minutes, strategies: strategies.list, runs });
  const file = options.svg === undefined ? null : resolve(io.cwd, options.svg);
  if (file !== null) await draw(file, comparison, scenario);
  if (options.json === true) io.out(`${JSON.stringify(comparison, null, 2)}\n`);
  else io.out(comparisonText({ comparison, title: scenario.title, chart: options.svg ?? null }, io));
  return 0;
}

interface Job {
  readonly io: Io;
  readonly scenario: Scenario;
  readonly strategies: Strategies;
  readonly seed: string;
  readonly minutes: ComparedTraffic["minutes"];
  readonly signal: AbortSignal;
}

/** The data are as shipped, whatever a workshop here has made of its own. */
async function measure({ io, scenario, strategies, ...job }: Job): Promise<readonly StrategyRun[] | null> {
  const { slug } = scenario;
  const names = strategies.list.map(({ name }) => name);
  const build = (to: string): Promise<void> => copyDatabase({ home: dirname(to), slug, to, orBuild: scenario });
  const onProgress = (name: string, share: number): void => {
    if (io.interactive) io.err(`\r\u001B[K${progressText(name, share)}`);
  };
  const runs = await onStage({ handlers: strategies.files, copyDatabase: build }, (stage) =>
    runStrategies({ io, slug, names, stage, onProgress, ...job }),
  );
  if (io.interactive) io.err("\r\u001B[K");
  return runs;
}

async function draw(file: string, comparison: Comparison, scenario: Scenario): Promise<void> {
  const text = await comparisonChart.svg(comparison, scenario.title);
  await writeReportFile(file, { text, isOurs: comparisonChart.isChart, what: "chart", option: "--svg" });
}

async function nothingToCompare({ slug }: Scenario, { root }: Io): Promise<WorkshopError> {
  const found: string[] = [];
  for (const other of await listScenarios(root))
    if ((await pages.loadStrategies({ root, slug: other })).list.length > 0) found.push(other);
  return new WorkshopError({
    code: "usage",
    message: `${slug} brings no strategies to compare.`,
    hint: found.length === 0 ? "No scenario here does." : `Compare those of ${found.join(", ")}.`,
  });
}
