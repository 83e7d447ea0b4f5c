/** The most memory that a command and everything it started held at one moment, as Linux accounts for it. */
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const EVERY = 10;

/** MiB, pages that processes share counted once; null where the system does not tell. `args`: for Node. */
export async function peakMemoryOfAll(args: readonly string[]): Promise<number | null> {
  if (process.platform !== "linux") return null;
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let peak = 0;
  const sampling = setInterval(() => {
    if (child.pid !== undefined)
      peak = Math.max(
        peak,
        family(child.pid).reduce((sum, pid) => sum + memoryOf(pid), 0),
      );
  }, EVERY);
  await ended;
  clearInterval(sampling);
  return peak / 1024;
}

/** The process and its descendants. */
function family(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/u.test(name) ? parentOf(name) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

function parentOf(pid: string): number | null {
  const [, parent] = /\) \S (\d+) /u.exec(read(`/proc/${pid}/stat`)) ?? [];
  return parent === undefined ? null : Number(parent);
}

/** KiB; each page divided by the number of processes that hold it. */
function memoryOf(pid: number): number {
  return Number(/^Pss:\s+(\d+)/mu.exec(read(`/proc/${String(pid)}/smaps_rollup`))?.[1] ?? 0);
}

/** Empty when the process ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
