/**
 * The real command, left running over a workshop of its own: what it has printed so far, and what it leaves behind.
 * With a terminal it runs in a real one, made by `script`. Needs a build.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath, kill, platform } from "node:process";
import { stripVTControlCharacters } from "node:util";
import { expect, onTestFinished, vi } from "vitest";

const root = join(import.meta.dirname, "../..");
const bin = join(root, "bin/stale-stats.js");
const PATIENCE = { timeout: 60_000 };

/** Other systems have a `script` with other options, or none. */
export const hasTerminals: boolean = platform === "linux" && existsSync("/usr/bin/script");

export interface Running {
  /** Everything printed so far, without escape codes. */
  text(): string;
  /** Resolves when the text has come since the last call of `seen`, and is then behind us. */
  seen(text: string): Promise<void>;
  type(keys: string): void;
  signal(name: NodeJS.Signals): void;
  /** Processes of the command and below it. */
  processes(): number[];
  /** Waits for the end. Expects no process, and nothing among the temporary files, to be left. */
  ended(): Promise<number | null>;
}

export interface WatchedFolder {
  readonly cwd: string;
  /** The working copy. */
  readonly folder: string;
  start(...args: string[]): Running;
  startInTerminal(size: { columns: number; rows: number }, ...args: string[]): Running;
}

export function workshopFolder(): WatchedFolder {
  const home = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const cwd = join(home, "here");
  mkdirSync(cwd);
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
    TERM: "xterm",
    LANG: "C.UTF-8",
    CI: "",
    NO_COLOR: "1",
  };
  const run = (command: string, args: readonly string[]): Running => {
    const temporary = mkdtempSync(join(home, "tmp-"));
    const child = spawn(command, args, { cwd, env: { ...env, TMPDIR: temporary }, stdio: "pipe", detached: true });
    return running(child, temporary);
  };
  return {
    cwd,
    folder: join(cwd, "workshop", "stale-statistics"),
    start: (...args) => run(execPath, [bin, ...args]),
    startInTerminal: ({ columns, rows }, ...args) =>
      run("/usr/bin/script", ["-qec", inTerminal({ columns, rows, args }), "/dev/null"]),
  };
}

/** Says afterwards whether the terminal is as it was, and what the command ended with. */
function inTerminal({ columns, rows, args }: { columns: number; rows: number; args: readonly string[] }): string {
  const command = [execPath, bin, ...args].map((each) => `'${each}'`).join(" ");
  return [
    `stty cols ${columns} rows ${rows}`,
    "before=$(stty -a)",
    "trap '' INT", // the shell is no part of it
    `(trap - INT; exec ${command})`,
    "echo ended with $?",
    'test "$before" = "$(stty -a)" && echo the terminal is as it was',
  ].join("; ");
}

function running(child: ChildProcess, temporary: string): Running {
  let [text, behind] = ["", 0];
  const hear = (chunk: Buffer): void => void (text += stripVTControlCharacters(chunk.toString()).replaceAll("\r", ""));
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const closed = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  const pids = new Set<number>();
  const processes = (): number[] => below(child.pid ?? 0);
  onTestFinished(() => {
    if (alive()) kill(-(child.pid ?? 0), "SIGKILL");
  });
  return {
    text: () => text,
    seen: async (wanted) => {
      const look = (): boolean => text.includes(wanted, behind) || !alive();
      await vi.waitUntil(look, PATIENCE).catch(() => {});
      expect(text.slice(behind)).toContain(wanted);
      behind = text.indexOf(wanted, behind) + wanted.length;
      for (const pid of processes()) pids.add(pid);
    },
    type: (keys) => void child.stdin?.write(keys),
    signal: (name) => void child.kill(name),
    processes,
    ended: async () => {
      const code = await closed;
      await vi.waitUntil(() => [...pids].every((pid) => !isRunning(pid)), PATIENCE);
      expect(readdirSync(temporary)).toEqual([]);
      return code;
    },
  };
}

function below(pid: number): number[] {
  const rows = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = rows.map((row) => row.trim().split(/\s+/u).map(Number));
  const children = pairs.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
  return [...children, ...children.flatMap((child) => below(child))];
}

function isRunning(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
}
