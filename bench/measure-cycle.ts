/**
 * From a save to the verdict on screen: `watch` in a process of its own, over a working copy in which one wrong fix
 * after another is saved. The time is real: the person who saves is the one who waits.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { median, type Ratio } from "./compare.ts";
import { slug, wrongFixes } from "./reference-fix.ts";
import { bin, inScratchFolder, runCommand } from "./run-command.ts";

const SAVES = 15;
const MOST_MILLISECONDS = 150;
/** Milliseconds between a verdict and the next save: nobody types faster, and other processes are warm by then. */
const THINKING = 3000;

export async function measureCycle(): Promise<readonly Ratio[]> {
  return inScratchFolder(async (cwd) => {
    runCommand(["setup-test-data", slug], { cwd });
    const watching = spawn(process.execPath, [bin, "watch", slug], { cwd, stdio: ["ignore", "pipe", "inherit"] });
    try {
      return [toRatio(await timesOf(watching, join(cwd, "workshop", slug)))];
    } finally {
      await ended(watching);
    }
  });
}

async function timesOf(watching: ChildProcess, folder: string): Promise<number[]> {
  const fixes = await wrongFixes();
  await verdictOf(watching);
  const times: number[] = [];
  for (let nth = 0; nth < SAVES; nth += 1) {
    await pause(THINKING);
    const fix = fixes[Math.floor((nth * fixes.length) / SAVES)] ?? new Map<string, string>(); // some of every kind
    const shown = verdictOf(watching);
    const startedAt = performance.now();
    for (const [name, text] of fix) writeFileSync(join(folder, name), text);
    await shown;
    times.push(performance.now() - startedAt);
  }
  return times;
}

/** Resolves when the next failure has been printed; rejects when it is something else. */
async function verdictOf({ stdout }: ChildProcess): Promise<void> {
  let text = "";
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new Error(`watch has not said FAIL!\n${text}`));
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      if (!/FAIL!|SUCCESS!/u.test(text)) return;
      stdout?.off("data", hear).off("end", fail);
      if (text.includes("FAIL!")) resolve();
      else fail();
    };
    stdout?.on("data", hear).on("end", fail);
  });
}

function toRatio(times: readonly number[]): Ratio {
  const sorted = times.toSorted((one, other) => one - other);
  const [fastest = 0, slowest = 0] = [sorted[0], sorted.at(-1)];
  return {
    what: "watch, from a save to the failure on screen",
    measured: median(times),
    bound: { at: "most", value: MOST_MILLISECONDS },
    unit: " ms",
    detail: `median of ${times.length}, ${fastest.toFixed(0)} to ${slowest.toFixed(0)} ms`,
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  child.kill("SIGINT");
  await exit;
}
