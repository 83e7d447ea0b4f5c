/** Sends one workload to a service by autocannon, which is loaded only here, and measures it. Prints nothing. */
import autocannon from "autocannon";
import { histogramOf, percentile, type WorkloadResult } from "./load-report.ts";
import type { Sent, Traffic, Workload } from "./load-workloads.ts";
import { hitRate, readCounters, since } from "./service-counters.ts";

export interface LoadRun {
  readonly address: string;
  readonly workload: Workload;
  readonly traffic: Traffic;
  readonly seconds: number;
  readonly connections: number;
  readonly signal: AbortSignal;
  /** Once a second, with the answers so far. */
  readonly onTick: (answers: number) => void;
}

/** Seconds that one request may take. */
const PATIENCE = 10;

export async function runWorkload(run: LoadRun): Promise<WorkloadResult> {
  const { workload, seconds, connections } = run;
  const before = await readCounters(run.address);
  const { result, times } = await send(run);
  const after = await readCounters(run.address);
  const counted = before === null || after === null ? null : since(before, after);
  return {
    name: workload.name,
    asks: workload.asks,
    seconds,
    connections,
    requests: times.length,
    requestsPerSecond: times.length / result.duration,
    latency: {
      p50: percentile(times, 0.5),
      p90: percentile(times, 0.9),
      p99: percentile(times, 0.99),
      longest: percentile(times, 1),
    },
    refused: result.non2xx,
    failed: result.errors,
    hitRate: counted === null ? null : hitRate(counted),
    staleAnswers: counted?.staleAnswers ?? null,
    histogram: times.length === 0 ? [] : histogramOf(times),
  };
}

async function send({ address, workload, traffic, ...run }: LoadRun): Promise<{
  result: autocannon.Result;
  times: number[];
}> {
  const times: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const requests = workload.turns.map((turn) =>
    turn === "read" ? shaped(traffic.read) : { setupRequest: (plain: autocannon.Request) => next(plain, traffic) },
  );
  const options = { url: address, duration: run.seconds, connections: run.connections, timeout: PATIENCE, requests };
  const instance = autocannon(options, (error: Error | null, result) => (error ? reject(error) : resolve(result)));
  instance.on("response", (...[, , , time]) => times.push(time));
  instance.on("tick", () => run.onTick(times.length));
  const stop = (): void => instance.stop();
  run.signal.addEventListener("abort", stop, { once: true });
  try {
    return { result: await promise, times };
  } finally {
    run.signal.removeEventListener("abort", stop);
  }
}

function next(plain: autocannon.Request, traffic: Traffic): autocannon.Request {
  return { ...plain, ...shaped(traffic.write()) };
}

function shaped({ method, path, headers, body }: Sent): autocannon.Request {
  return { method: method as NonNullable<autocannon.Request["method"]>, path, headers, body };
}
