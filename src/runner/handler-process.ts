/**
 * Parent side: a process in which handlers run, limited in time, memory and output, and ended as a group.
 * Takes an entry file; gives messages and, at the end, how it ended. Knows nothing of what is said.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import process from "node:process";
import type { Readable } from "node:stream";
import type { Location } from "../vocabulary.ts";
import type { LastWords } from "./guard-process.ts";
import { flagsOf, giveWay, type Rights } from "./process-start.ts";
import { findLoop } from "./find-loop.ts";
import { SilenceWatch } from "./silence-watch.ts";

export interface Ending {
  readonly reason: "exited" | "silent" | "memory" | "flood" | "stopped";
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: LastWords | null;
  /** Where it was running when it fell silent. */
  readonly location: Location | null;
  /** The last few kilobytes of what it wrote to stderr. */
  readonly stderr: string;
}

export interface HandlerProcess {
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** From now on, silence of this many real milliseconds ends the process; null: no limit. */
  expectWord(within: number | null): void;
  /** Resolves once the process, and whatever it started, is gone. */
  readonly ended: Promise<Ending>;
  stop(): void;
}

export interface ProcessOptions extends Rights {
  /** Absolute path of a JavaScript or TypeScript entry. */
  readonly entry: string;
  /** Ended together with the process that started it, as one group; else it is the head of a group of its own. */
  readonly sharesGroup?: boolean;
  /** It and all that it starts give way to whatever else wants the processor. */
  readonly givesWay?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const RESIDENT_BYTES = 600 * 1024 * 1024;
const OUTPUT_BYTES = 32 * 1024 * 1024;
const STDERR_KEPT = 8 * 1024;

export function startHandlerProcess(options: ProcessOptions): HandlerProcess {
  const child = spawn(process.execPath, [...flagsOf(options, process.allowedNodeEnvironmentFlags), options.entry], {
    cwd: tmpdir(),
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
    serialization: "advanced",
    detached: process.platform !== "win32" && options.sharesGroup !== true,
    windowsHide: true,
  });
  if (options.givesWay === true && child.pid !== undefined) giveWay(child.pid);
  return new Supervised(child, options);
}

class Supervised implements HandlerProcess {
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  #reason: Ending["reason"] = "exited";
  #location: Location | null = null;
  readonly #silence: SilenceWatch;
  readonly #memory: NodeJS.Timeout;
  #output = 0;
  #stderr = "";
  #words = "";
  readonly #sharesGroup: boolean;

  constructor(child: ChildProcess, { sharesGroup = false, trusted = false }: ProcessOptions) {
    this.#child = child;
    this.#sharesGroup = sharesGroup;
    this.#silence = new SilenceWatch({
      pid: child.pid,
      waitsForOthers: trusted,
      onStuck: () => void this.#endSilence(),
    });
    this.#memory = setInterval(() => this.#watch(), 100);
    this.#memory.unref();
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => this.#count(chunk, stream === child.stderr));
    (child.stdio[4] as Readable | null)?.on("data", (chunk: Buffer) => (this.#words += chunk.toString()));
    child.on("message", () => this.#silence.hear());
    child.on("error", () => {}); // a message to a process that is gone; how it ended is told by `ended`
    this.ended = new Promise((resolve) => {
      child.once("close", (code, signal) => resolve(this.#ending(code, signal)));
    });
  }

  send(message: object): void {
    if (this.#child.connected) this.#child.send(message);
    this.#silence.hear();
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#child.on("message", listener);
  }

  expectWord(within: number | null): void {
    this.#silence.expectWord(within);
  }

  stop(): void {
    this.#end("stopped");
  }

  async #endSilence(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.pid === undefined) return;
    this.#location = await findLoop({ pid: this.#child.pid, stderr: this.#child.stderr });
    this.#end("silent");
  }

  #count(chunk: Buffer, isError: boolean): void {
    this.#output += chunk.length;
    if (isError) this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    if (this.#output > OUTPUT_BYTES) this.#end("flood");
  }

  #watch(): void {
    this.#silence.sample();
    this.#watchMemory();
  }

  /** Buffers live outside V8's heap, where only the size of the whole process shows them. */
  #watchMemory(): void {
    if (process.platform !== "linux" || this.#child.pid === undefined) return;
    try {
      const pages = Number(readFileSync(`/proc/${String(this.#child.pid)}/statm`, "utf8").split(" ")[1]);
      if (pages * 4096 > RESIDENT_BYTES) this.#end("memory");
    } catch {
      // The process has just ended; `close` tells the rest.
    }
  }

  #end(reason: Ending["reason"]): void {
    if (this.#reason === "exited") this.#reason = reason;
    this.#kill();
  }

  /** Whoever shares this process's group may not be ended by it: that would be the end of this process too. */
  #kill(): void {
    if (this.#sharesGroup) this.#child.kill("SIGKILL");
    else killGroup(this.#child);
  }

  #ending(code: number | null, signal: NodeJS.Signals | null): Ending {
    clearInterval(this.#memory);
    this.#silence.stop();
    this.#kill(); // what it may have left behind in its group
    const outOfHeap = this.#stderr.includes("heap out of memory") || this.#stderr.includes("Allocation failed");
    const reason = this.#reason === "exited" && outOfHeap ? "memory" : this.#reason;
    return { reason, code, signal, lastWords: readWords(this.#words), location: this.#location, stderr: this.#stderr };
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}

function readWords(text: string): LastWords | null {
  const line = text.split("\n").find((words) => words.startsWith("{"));
  if (line === undefined) return null;
  try {
    return JSON.parse(line) as LastWords;
  } catch {
    return null;
  }
}
