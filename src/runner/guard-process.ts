/**
 * Child side: takes from this process what a handler has no business with, and makes its end speak.
 * Ways out (`process.exit`, `abort`, uncaught errors) first write last words, with the line that chose them.
 */
import { writeSync } from "node:fs";
import process from "node:process";
// Loaded before the doors are shut: Node loads it on the first use of `Request`, and it assigns `process.chdir`.
// oxlint-disable-next-line import/no-unassigned-import -- for what loading it does to this process
import "node:worker_threads";
import { ForbiddenImport, importRefusal } from "./forbidden-import.ts";
import type { Location } from "../vocabulary.ts";
import type { Locate } from "./handler-location.ts";

/** File descriptor on which the parent reads last words. */
const LAST_WORDS_FD = 4;

export interface LastWords {
  readonly kind: "exited" | "threw" | "flooded";
  readonly name: string;
  readonly message: string;
  readonly location: Location | null;
}

/** Ways to speak to the parent. */
const UNSPEAKABLE = ["send", "_send"] as const;

/** Ways to reach other processes, native code, or the privileges of this one. */
const OUT_OF_REACH = [
  "kill",
  "_kill",
  "dlopen",
  "_debugProcess",
  "_debugEnd",
  "chdir",
  "setuid",
  "setgid",
  "binding",
  "_linkedBinding",
] as const;

/** Call after everything of ours is loaded and before any handler is. `onRejection` hears of unhandled rejections. */
export function guardProcess(options: { locate: Locate; onRejection: (error: unknown) => void }): void {
  const { locate } = options;
  // Not `process.exit`: that one ends by calling `process.reallyExit`, which is replaced here.
  const reallyExit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process);
  const leave = (name: string) => (): never => {
    speak({ kind: "exited", name, message: `${name} was called`, location: locate(new Error("exit").stack) });
    return reallyExit(1);
  };
  const refuse = (name: string) => (): never => {
    throw new Error(`${name} is not available to handlers`);
  };
  // What could be caught would tell that this is a check: `try { process.kill(process.pid, 0) } catch { … }`.
  const end = ({ name, message, stack }: Error): never => {
    speak({ kind: "threw", name, message, location: locate(stack) });
    return reallyExit(1);
  };
  replace({ exit: leave("process.exit"), reallyExit: leave("process.reallyExit"), abort: leave("process.abort") });
  for (const name of UNSPEAKABLE) replace({ [name]: refuse(`process.${name}`) });
  for (const name of OUT_OF_REACH)
    replace({ [name]: () => end(new Error(`process.${name} is not available to handlers`)) });
  const builtin = process.getBuiltinModule.bind(process);
  replace({
    getBuiltinModule: (id: string) => {
      const refusal = importRefusal(id);
      return refusal === null ? builtin(id) : end(new ForbiddenImport(refusal));
    },
  });
  replace({ ppid: process.pid, execArgv: [] });
  muffle(() => {
    speak({ ...FLOOD, location: locate(new Error("flood").stack) });
    reallyExit(1);
  });
  process.on("uncaughtException", end);
  process.on("unhandledRejection", options.onRejection);
}

const FLOOD = { kind: "flooded", name: "output", message: "more was printed than a check allows" } as const;
const OUTPUT_BYTES = 32 * 1024 * 1024;

/**
 * Nobody reads what handlers print during a check. It is counted and dropped here, because a stream would keep it in
 * memory for as long as the handler does not yield.
 */
function muffle(onFlood: () => void): void {
  let printed = 0;
  for (const stream of [process.stdout, process.stderr]) {
    const write = (chunk: string | Uint8Array): boolean => {
      printed += chunk.length;
      if (printed > OUTPUT_BYTES) onFlood();
      return true;
    };
    Object.defineProperty(stream, "write", { value: write, writable: false, configurable: false });
  }
}

function replace(members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(process, name, { value, writable: false, configurable: false });
  }
}

function speak(words: LastWords): void {
  try {
    writeSync(LAST_WORDS_FD, `${JSON.stringify(words)}\n`);
  } catch {
    // The parent may be gone; there is nobody left to tell.
  }
}
