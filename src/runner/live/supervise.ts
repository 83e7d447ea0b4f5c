/**
 * Runs the participant's code in a process of its own and keeps it within limits: time, memory, output.
 * Takes an entry file and an order for it, gives its messages as they come and how it ended. Knows no message's meaning.
 */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Location } from "../../vocabulary.ts";
import { findLoop } from "../find-loop.ts";

/** What starting and ending processes takes of this one. */
export interface ProcessHost {
  /** Path of the Node that runs the child. */
  readonly node: string;
  /** Can end a whole group of processes by the id of its first: not so on Windows. */
  readonly groups: boolean;
  kill(pid: number, signal: "SIGKILL"): void;
}

export interface Supervised<Message> {
  readonly host: ProcessHost;
  /** Absolute path of the module that the process runs. Its handlers lie in the folder `a` of a throwaway folder. */
  readonly entry: string;
  /** Sent to the process once, as its first message. */
  readonly order: unknown;
  readonly onMessage: (message: Message) => void;
  /** Called once, when it has been started: how to tell it more. A socket given along is its own from then on. */
  readonly onStart?: (tell: Tell) => void;
  /** Standard output and error as they come, cut to the limit. */
  readonly onPrinted?: (text: string) => void;
  readonly limits: {
    /** Milliseconds without a message. */
    readonly silence: number;
    /** Milliseconds altogether; absent: as long as it likes. */
    readonly total?: number;
    /** MiB of heap. */
    readonly memory: number;
    /** Characters of output that are kept; the rest is read and dropped. */
    readonly output: number;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the process at once. */
  readonly signal: AbortSignal;
}

/** What is told to a process that is gone is lost. */
export type Tell = (message: object, socket?: Socket) => void;

export interface ChildEnd {
  /** `exited` by itself, however; `silent` or `late`: ended by us; `aborted` by the caller. */
  readonly kind: "exited" | "silent" | "late" | "aborted";
  readonly code: number | null;
  /** The line of the handlers that was running when it was ended for its silence; null where that cannot be told. */
  readonly location: Location | null;
  /** Standard output and error as they came, cut to the limit. */
  readonly printed: string;
}

/** Resolves when the process is gone, its group too. Rejects when it cannot be started. */
export async function supervise<Message>(options: Supervised<Message>): Promise<ChildEnd> {
  const child = start(options);
  const output = keepOutput(child, options);
  const limit = limitTime(options);
  child.on("message", (message) => {
    limit.heard();
    options.onMessage(message as Message);
  });
  const exit = exitOf(child);
  const tell = tellTo(child);
  tell(options.order as object);
  options.onStart?.(tell);
  try {
    const end = await Promise.race([exit, limit.reached]);
    const said = output.end(); // before the inspector says on stderr that it listens
    const stuck = end.kind === "silent" || end.kind === "late";
    return {
      ...end,
      location: stuck ? await findLoop({ pid: child.pid ?? 0, stderr: child.stderr }) : null,
      printed: said,
    };
  } finally {
    limit.stop();
    killGroup(options.host, child); // also what it started and left behind
    await exit;
  }
}

/** A process that is gone already is told of by its exit. */
function tellTo(child: ChildProcess): Tell {
  return (message, socket) => {
    if (socket === undefined) child.send(message, () => undefined);
    else child.send(message, socket, { keepOpen: false }, () => undefined);
  };
}

type End = Pick<ChildEnd, "kind" | "code">;

async function exitOf(child: ChildProcess): Promise<End> {
  const gone = Promise.withResolvers<number | null>();
  child.once("error", gone.reject);
  child.once("close", gone.resolve); // when its output has been read to the end
  return { kind: "exited", code: await gone.promise };
}

interface TimeLimit {
  readonly reached: Promise<End>;
  heard(): void;
  stop(): void;
}

function limitTime<Message>({ limits, signal }: Supervised<Message>): TimeLimit {
  const { promise, resolve } = Promise.withResolvers<End>();
  const end = (kind: ChildEnd["kind"]) => (): void => resolve({ kind, code: null });
  const silence = setTimeout(end("silent"), limits.silence);
  const total = limits.total === undefined ? undefined : setTimeout(end("late"), limits.total);
  const aborted = end("aborted");
  signal.addEventListener("abort", aborted, { once: true });
  if (signal.aborted) aborted(); // a signal that fired before is not heard again
  return {
    reached: promise,
    heard: () => silence.refresh(),
    stop: () => {
      clearTimeout(silence);
      clearTimeout(total);
      signal.removeEventListener("abort", aborted);
    },
  };
}

function start<Message>({ host, entry, env, limits }: Supervised<Message>): ChildProcess {
  const flags = [`--max-old-space-size=${limits.memory}`, "--inspect-port=0", "--disable-warning=ExperimentalWarning"];
  return spawn(host.node, [...flags, entry], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...env },
    detached: host.groups, // its own group, so that all of it can be ended
  });
}

function keepOutput(
  child: ChildProcess,
  { limits, onPrinted }: Pick<Supervised<never>, "limits" | "onPrinted">,
): { end(): string } {
  let kept = "";
  let open = true;
  const keep = (stream: Readable | null): void => {
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => {
      if (!open || kept.length >= limits.output) return;
      const more = text.slice(0, limits.output - kept.length);
      kept += more;
      onPrinted?.(more);
    });
  };
  keep(child.stdout);
  keep(child.stderr);
  return {
    end: () => {
      open = false;
      return kept;
    },
  };
}

function killGroup(host: ProcessHost, child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (host.groups) host.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // The group is gone already, which is what was asked for.
  }
}
