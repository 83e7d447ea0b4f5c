/**
 * Two server processes over the same files and the same Redis, each with its own copy of the handlers' modules.
 * Takes what to serve, gives their addresses; ends both, with everything they started, when the body settles.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { live } from "../src/runner/index.ts";
import type { Answer } from "./oracle.ts";
import { openJobs } from "./server-jobs.ts";
import type { ServerMessage, ServerOrder } from "./server-message.ts";

export interface ServerPair {
  /** Like `http://127.0.0.1:40001`. */
  readonly addresses: readonly [string, string];
  /** Runs the jobs of one server once; null when they did not end in time. Never rejects. */
  runJobs(server: number): Promise<Answer | null>;
  /** Why a server that was listening is gone; null while both are there. */
  lost(): string | null;
}

export interface ServersOptions {
  readonly root: string;
  readonly slug: string;
  /** A folder for each server. */
  readonly folders: readonly [string, string];
  readonly databaseFile: string;
  readonly redis: string;
  readonly seed: string;
  /** Where servers keep compiled modules for those that come after them. */
  readonly compiled: string;
  readonly signal: AbortSignal;
}

/** The handlers do not load, or they end the process before it listens. */
export class NotServing extends Error {
  override readonly name = "NotServing";
}

/** Milliseconds for one pair; no calibration of one fix takes nearly as long, on a busy machine either. */
const LIMIT = 180_000;
const LIMITS = { silence: LIMIT, total: LIMIT, memory: 256, output: 4_000 };

/** Rejects with NotServing. */
export async function withServers<Result>(
  options: ServersOptions,
  body: (servers: ServerPair) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, options.signal]);
  const pair = options.folders.map((folder, n) => start({ ...options, order: orderFor(options, folder, n), signal }));
  try {
    const [first, second] = await Promise.all(pair.map(({ listening }) => listening));
    if (first === undefined || second === undefined) throw new NotServing("there must be two servers");
    const lost = (): string | null => pair.map((server) => server.lost()).find((why) => why !== null) ?? null;
    const runJobs = async (server: number): Promise<Answer | null> => pair[server]?.runJobs() ?? null;
    return await body({ addresses: [first, second], runJobs, lost });
  } finally {
    over.abort();
    await Promise.allSettled(pair.map(({ ended }) => ended));
  }
}

function orderFor(options: ServersOptions, folder: string, server: number): ServerOrder {
  const { root, slug, databaseFile, redis, seed } = options;
  const kit = pathToFileURL(join(root, "src", "kit", "index.ts")).href;
  return { root, slug, folder, kit, databaseFile, redis, seed: `${seed} server ${server}` };
}

interface Server {
  readonly listening: Promise<string>;
  readonly ended: Promise<void>;
  runJobs(): Promise<Answer | null>;
  lost(): string | null;
}

interface Starting extends Pick<ServersOptions, "compiled" | "signal"> {
  readonly order: ServerOrder;
}

function start({ signal, ...starting }: Starting): Server {
  const { promise: listening, resolve, reject } = Promise.withResolvers<string>();
  let lost: string | null = null;
  const jobs = openJobs();
  const hear = (message: ServerMessage): void => {
    if (message.kind === "listening") resolve(`http://127.0.0.1:${message.port}`);
    else if (message.kind === "jobs-ended") jobs.ended(message);
    else reject(new NotServing(message.message));
  };
  const process = { ...processOf(starting), onMessage: hear, onStart: jobs.open, signal };
  const ended = live.supervise<ServerMessage>(process).then((end) => {
    lost = `a server ended: ${end.kind}${firstError(end.printed)}`;
    reject(new NotServing(lost));
  }, reject);
  return { listening, ended, runJobs: jobs.run, lost: () => lost };
}

type Process = Pick<Parameters<typeof live.supervise>[0], "host" | "entry" | "order" | "limits" | "env">;

function processOf({ order, compiled }: Omit<Starting, "signal">): Process {
  return {
    host: {
      node: process.execPath,
      groups: process.platform !== "win32",
      kill: (pid, name) => void process.kill(pid, name),
    },
    entry: join(import.meta.dirname, "server-process.ts"),
    order,
    limits: LIMITS,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  };
}

function firstError(printed: string): string {
  const line = printed.split("\n").find((text) => /error/iu.test(text));
  return line === undefined ? "" : ` (${line.trim()})`;
}
