/**
 * A participant's folder in a place of its own, checked by the real command as people start it. Looks after every check
 * whether the files are still the same bytes and the private folder for temporary files is empty. Needs a build.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { expect, onTestFinished } from "vitest";
import type { Verdict } from "../vocabulary.ts";

const root = join(import.meta.dirname, "../..");
const lesson = join(root, "scenarios/stale-statistics");
const bin = join(root, "bin/stale-stats.js");
/** Node keeps compiled code with the temporary files, for good: that is no leftover of ours. */
const COMPILED = join(tmpdir(), "node-compile-cache");

export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CheckedFolder {
  /** Absolute path; holds `handlers/` and nothing else. */
  readonly cwd: string;
  /** Private: nothing may be left in it. */
  readonly temporary: string;
  /** Runs test-your-fix over `handlers/`. Expects that it leaves no file behind and changes none. */
  check(...args: string[]): Promise<Ending>;
  /** The same with --json. */
  verdict(...args: string[]): Promise<Verdict>;
  start(...args: string[]): ChildProcess;
}

/** The shipped handlers, or the reference fix over them, with a change to one file. Throws when nothing changes. */
export function handlersWith(change: {
  base?: "starter" | "reference";
  file?: string;
  from?: string | RegExp;
  to?: string;
}): Map<string, string> {
  const { base = "reference", file = "downloads.ts", from = "", to = "" } = change;
  const files = textsIn(join(lesson, "starter"));
  if (base === "reference")
    for (const [name, text] of textsIn(join(lesson, "accepted/delete-after-write"))) files.set(name, text);
  const text = files.get(file) ?? "";
  const changed = text.replace(from, () => to);
  if (from !== "" && changed === text) throw new Error(`${file} does not contain ${String(from)}`);
  return files.set(file, changed);
}

/** Removed when the test has finished. */
export function folderWith(files: ReadonlyMap<string, string>): CheckedFolder {
  const folder = makeFolder(files);
  onTestFinished(folder.remove);
  return folder;
}

function makeFolder(files: ReadonlyMap<string, string>): CheckedFolder & { remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), "Prüf mappe ß "));
  const [cwd, temporary] = [join(home, "Übung eins"), join(home, "tmp")];
  mkdirSync(join(cwd, "handlers"), { recursive: true });
  mkdirSync(temporary);
  for (const [name, text] of files) writeFileSync(join(cwd, "handlers", name), text);
  const start = (...args: string[]): ChildProcess =>
    spawn(execPath, [bin, "test-your-fix", "--handlers", "handlers", ...args], {
      cwd,
      env: { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: COMPILED, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const check = async (...args: string[]): Promise<Ending> => {
    const before = textsIn(join(cwd, "handlers"));
    const ending = await ended(start(...args));
    expect(textsIn(join(cwd, "handlers"))).toEqual(before);
    expect(readdirSync(cwd)).toEqual(["handlers"]);
    expect(readdirSync(temporary)).toEqual([]);
    return ending;
  };
  const verdict = async (...args: string[]): Promise<Verdict> =>
    JSON.parse((await check("--json", ...args)).out) as Verdict;
  return { cwd, temporary, check, verdict, start, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** For a `beforeAll`, where nothing is told when a test finishes: removes its folder itself. */
export async function verdictOf(files: ReadonlyMap<string, string>): Promise<Verdict> {
  const folder = makeFolder(files);
  try {
    return await folder.verdict();
  } finally {
    folder.remove();
  }
}

export async function ended(child: ChildProcess): Promise<Ending> {
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => void (texts.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => void (texts.err += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, ...texts }));
  });
}

function textsIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name !== "fix.json");
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
