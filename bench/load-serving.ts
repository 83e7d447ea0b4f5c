/**
 * A served scenario under load: open event streams, so many requests a second, for so many seconds. Says what memory
 * did, and whether every client that kept up heard every step, once and in order. Exits 1 when not.
 * `node bench/load-serving.ts [seconds] [streams] [requests a second]`; Linux only, where a process's memory can be read.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { inScratchFolder, runCommand } from "./run-command.ts";
import { type Served, serve } from "./serving.ts";

const [seconds = 60, streams = 1000, perSecond = 500] = process.argv.slice(2).map(Number);
/** MiB between the second third and the last: what V8 and the allocator take in steps before they have enough. */
const MOST_GROWTH = 64;

await inScratchFolder(async (cwd) => {
  runCommand(["setup-test-data"], { cwd });
  const served = await serve([], cwd);
  try {
    await load(served);
  } finally {
    await served.stop();
  }
});

async function load(served: Served): Promise<void> {
  const listeners = fork(join(import.meta.dirname, "listeners-process.ts"), [
    new URL(served.address).port,
    `${streams}`,
  ]);
  await once(listeners, "message");
  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(memoryOf(served.pid)), 1000);
  const requests = await ask(served.address);
  clearInterval(sampling);
  await pause(3000); // what is on its way arrives
  listeners.send("report");
  const [clients] = (await once(listeners, "message")) as [Heard[]];
  report({ clients, memory, requests });
}

export interface Heard {
  /** Position of the last step; null: nothing yet. */
  last: number | null;
  gaps: number;
  dropped: boolean;
}

/** One write to nineteen reads, so that the reads are served by the cache and by the database. */
async function ask(address: string): Promise<autocannon.Result> {
  const read = { method: "GET", path: "/datasets/1/statistics" } as const;
  const body = JSON.stringify({ user_id: 11 });
  const headers = { "content-type": "application/json" };
  const write = { method: "POST", path: "/datasets/1/downloads", headers, body } as const;
  const mix = [write, ...Array.from({ length: 19 }, () => read)];
  return await autocannon({ url: address, connections: 20, overallRate: perSecond, duration: seconds, requests: mix });
}

interface Outcome {
  readonly clients: readonly Heard[];
  readonly memory: readonly number[];
  readonly requests: autocannon.Result;
}

function report({ clients, memory, requests }: Outcome): void {
  const newest = Math.max(...clients.map(({ last }) => last ?? 0));
  const kept = clients.filter(({ dropped }) => !dropped);
  const complete = kept.filter(({ last, gaps }) => gaps === 0 && last === newest);
  const third = Math.max(1, Math.floor(memory.length / 3));
  const growth = mean(memory.slice(-third)) - mean(memory.slice(third, 2 * third));
  console.log(`${streams} streams, ${requests.requests.average.toFixed(0)} requests a second for ${seconds} s`);
  console.log(`  answered 2xx ${requests["2xx"]}, otherwise ${requests.non2xx + requests.errors}`);
  console.log(`  latency      median ${requests.latency.p50} ms, 99th percentile ${requests.latency.p99} ms`);
  console.log(`  steps told   ${newest}, to each client`);
  console.log(
    `  clients      ${kept.length} kept up, ${complete.length} of them heard every step; ${streams - kept.length} were let go`,
  );
  console.log(`  memory       ${memory.map((each) => each.toFixed(0)).join(" ")} MiB, growth ${growth.toFixed(1)} MiB`);
  if (complete.length < kept.length || kept.length === 0 || growth > MOST_GROWTH) process.exitCode = 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** MiB in memory. */
function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}
