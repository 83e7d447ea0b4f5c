/**
 * Cached statistics through the real port against a bare Hono hello on the same server, and against uncached ones:
 * by turns, each from autocannon in this process, so that both meet the same machine.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import autocannon from "autocannon";
import { median, type Ratio } from "./compare.ts";
import { inScratchFolder, runCommand } from "./run-command.ts";
import { type Served, serve } from "./serving.ts";

const TURNS = 12;
const SECONDS = 1;
/** Until V8 has compiled what is called most: a service serves for hours. */
const WARM_SECONDS = 4;
const CONNECTIONS = 20;

export async function measureServing(): Promise<readonly Ratio[]> {
  return inScratchFolder(async (cwd) => {
    runCommand(["setup-test-data"], { cwd });
    const served = await serve([], cwd);
    const hello = await startHello();
    try {
      return [await cachedAgainstHello(served, hello.address), await cachedAgainstUncached(served)];
    } finally {
      hello.stop();
      await served.stop();
    }
  });
}

const STATISTICS = "/datasets/1/statistics";

async function cachedAgainstHello({ address }: Served, hello: string): Promise<Ratio> {
  const turns: { ours: number; hello: number }[] = [];
  for (const url of [`${hello}/`, `${address}${STATISTICS}`]) await rate(url, WARM_SECONDS);
  for (let turn = 0; turn < TURNS; turn += 1) {
    turns.push({ hello: await rate(`${hello}/`), ours: await rate(`${address}${STATISTICS}`) });
  }
  return {
    what: "cached statistics through the port, requests a second against a bare hello",
    // Within a turn: from one second to the next the machine is the same, over a minute it is not.
    measured: median(turns.map(({ ours, hello: bare }) => ours / bare)),
    bound: { at: "least", value: 0.6 },
    unit: "×",
    detail: `median of ${TURNS}; ${rateText(turns.map(({ ours }) => ours))} against ${rateText(turns.map((turn) => turn.hello))}, ${CONNECTIONS} connections`,
  };
}

/** Uncached, each request waits for the scenario's slow query: forgotten at once, whatever is stored. */
async function cachedAgainstUncached(served: Served): Promise<Ratio> {
  const cached = await rate(`${served.address}${STATISTICS}`);
  await served.order("outage", { fault: "miss" });
  const uncached = await rate(`${served.address}${STATISTICS}`);
  await served.order("outage", { fault: null });
  return {
    what: "cached against uncached statistics, requests a second",
    measured: cached / uncached,
    bound: { at: "least", value: 20 },
    unit: "×",
    detail: `${cached.toFixed(0)}/s against ${uncached.toFixed(0)}/s, ${CONNECTIONS} connections`,
  };
}

function rateText(rates: readonly number[]): string {
  return `${median(rates).toFixed(0)}/s`;
}

/** Answered requests a second. */
async function rate(url: string, seconds = SECONDS): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result.requests.average;
}

async function startHello(): Promise<{ address: string; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "hello-process.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true, // as ours is: a scheduler that shares by session then treats both alike
  });
  const [port] = await once(child.stdout, "data");
  return { address: `http://127.0.0.1:${String(port).trim()}`, stop: () => child.kill() };
}
