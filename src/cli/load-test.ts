/**
 * `stale-stats load-test`: a scenario's story by many people at once, against a service of its own or one that runs
 * already. Tells how fast it was, how often the cache helped, and how many were given an old answer.
 */
import { loadScenario } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import { type LoadReport, missedThresholds, type Thresholds, type WorkloadResult } from "./load-report.ts";
import { runWorkload } from "./load-run.ts";
import { type TargetOptions, withTarget } from "./load-target.ts";
import { loadHeading, loadText, progressText } from "./load-text.ts";
import { chooseWorkloads, trafficOf, type Workload, type WorkloadName } from "./load-workloads.ts";
import { hitRate, readCounters } from "./service-counters.ts";
import { untilStopped } from "./until-stopped.ts";

export interface LoadTestOptions extends TargetOptions, Thresholds {
  readonly workload?: WorkloadName;
  readonly seconds?: number;
  readonly connections?: number;
  readonly json?: boolean;
}

const DEFAULTS = { seconds: 5, connections: 20 };

/** Exit codes: 0; 1 when a threshold is missed; 2 and 6 as everywhere; 130 when interrupted. */
export async function run(options: LoadTestOptions, io: Io): Promise<number> {
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  return untilStopped(io, async (signal) => {
    const report = await withTarget({ options, io, signal }, (address) =>
      test({ options, io, scenario, address, signal }),
    ).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
    if (report === null || signal.aborted) return 130;
    io.out(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : loadText(report, io));
    return report.missed.length === 0 ? 0 : 1;
  });
}

interface Job {
  readonly options: LoadTestOptions;
  readonly io: Io;
  readonly scenario: Scenario;
  readonly address: string;
  readonly signal: AbortSignal;
}

async function test(job: Job): Promise<LoadReport> {
  const { options, io, scenario, address, signal } = job;
  if (options.json !== true) io.out(loadHeading(scenario.title, address, io));
  const before = await readCounters(address);
  const workloads: WorkloadResult[] = [];
  for (const workload of chooseWorkloads(options.workload)) {
    if (signal.aborted) break;
    workloads.push(await sendOne(job, workload));
  }
  const after = await readCounters(address);
  return {
    schemaVersion: 1,
    scenario: scenario.slug,
    address,
    hitRate: { before: before && hitRate(before), after: after && hitRate(after) },
    workloads,
    missed: missedThresholds(workloads, options),
  };
}

async function sendOne({ options, io, scenario, address, signal }: Job, workload: Workload): Promise<WorkloadResult> {
  const { seconds, connections } = { ...DEFAULTS, ...options };
  let second = 0;
  const show = (answers: number): void => {
    second += 1;
    if (io.interactive) io.err(`\r\u001B[K${progressText(workload.name, { second, of: seconds, answers })}`);
  };
  const traffic = trafficOf(scenario);
  const result = await runWorkload({ address, workload, traffic, seconds, connections, signal, onTick: show });
  if (io.interactive) io.err("\r\u001B[K");
  return result;
}
