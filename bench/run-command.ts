/** Runs the built command line as a person does: a process of its own, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const bin: string = join(import.meta.dirname, "..", "bin", "stale-stats.js");

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A verdict other than a pass is an answer too; an error of ours (exit 70) is none. */
  readonly mayFail?: boolean;
}

const LAST_VERDICT = 5;

export function runNode(args: readonly string[], { mayFail = false, ...options }: RunOptions = {}): void {
  // What it prints is dropped: a story of many steps is longer than the buffer that would otherwise end the process.
  const { status, stderr } = spawnSync(process.execPath, args, {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const answered = status === 0 || (mayFail && status !== 2 && (status ?? 70) <= LAST_VERDICT);
  if (!answered) throw new Error(`node ${args.join(" ")} ended with ${status}\n${stderr}`);
}

export function runCommand(args: readonly string[], options: RunOptions = {}): void {
  runNode([bin, ...args], options);
}

/** The largest memory, in MiB, that the command or any process it started ever held. */
export function peakMemory(args: readonly string[], cwd: string): Promise<number> {
  return inScratchFolder((notes) => {
    const probe = pathToFileURL(join(import.meta.dirname, "note-memory.js")).href;
    const env = { ...process.env, NODE_OPTIONS: `--import ${probe}`, MEMORY_NOTES: notes };
    runNode([bin, ...args], { cwd, env });
    return Math.max(...readdirSync(notes).map((file) => Number(readFileSync(join(notes, file), "utf8")) / 1024));
  });
}

export async function inScratchFolder<Result>(work: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
