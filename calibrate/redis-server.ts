/**
 * A redis-server of our own: on a free port of this machine, keeping nothing unless asked to, gone when the work is
 * done. Knows how to start, end and trouble it; must never reach for a server that was running before.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** Each fix gets a numbered database of its own, so that nothing has to be flushed between two of them. */
const DATABASES = 1024;
const READY = "Ready to accept connections";
/** Milliseconds. */
const START_LIMIT = 10_000;
const END_LIMIT = 2_000;
/** Between looking for a free port and taking it, somebody else may. */
const ATTEMPTS = 3;

export interface RedisServer {
  readonly port: number;
  /** Throws when more databases are asked for than there are. */
  url(database: number): string;
  /** Ends it as an operator would; it may be started again. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on its port, with what it has kept. */
  startAgain(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export interface RedisSettings {
  /** Where it runs and keeps what it keeps. */
  readonly folder: string;
  /** By the names of redis.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export function hasRedisServer(): boolean {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

/** `folder` is where it runs; it writes nothing there. */
export async function withRedisServer<Result>(
  folder: string,
  body: (redis: RedisServer) => Promise<Result>,
): Promise<Result> {
  const redis = await startRedisServer({ folder });
  try {
    return await body(redis);
  } finally {
    await redis.stop();
  }
}

/** Ends with this process, if it was not stopped before. */
export async function startRedisServer(options: RedisSettings): Promise<RedisServer> {
  let { child, port } = await start(options, ATTEMPTS);
  return {
    port,
    url: (database) => urlOf(port, database),
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
    startAgain: async () => {
      const begun = await startOn(port, options);
      if (begun.said !== null) throw new Error(`redis-server did not start again:\n${begun.said}`);
      child = begun.child;
    },
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
  };
}

/** Servers that this process has started and that have not ended. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function urlOf(port: number, database: number): string {
  if (database >= DATABASES) throw new RangeError(`there are only ${DATABASES} databases`);
  return `redis://127.0.0.1:${port}/${database}`;
}

async function start(options: RedisSettings, attempts: number): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const { child, said } = await startOn(port, options);
  if (said === null) return { child, port };
  if (attempts > 1) return start(options, attempts - 1);
  throw new Error(`redis-server did not start:\n${said}`);
}

/** `said`: null when it accepts connections; else what it said before it ended or its time was up. */
async function startOn(port: number, options: RedisSettings): Promise<{ child: ChildProcess; said: string | null }> {
  const child = spawn("redis-server", argumentsFor(port, options), { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const said = await ready(child);
  if (said !== null) await end(child, "SIGTERM");
  return { child, said };
}

function argumentsFor(port: number, { folder, settings }: RedisSettings): string[] {
  const values = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no", databases: DATABASES };
  return Object.entries({ ...values, ...settings }).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function ready(child: ChildProcess): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let said = "";
  const hear = (text: Buffer): void => {
    said += text.toString();
    if (said.includes(READY)) resolve(null);
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  child.once("error", (error) => resolve(error.message));
  child.once("exit", () => resolve(said));
  const limit = setTimeout(() => resolve(said), START_LIMIT);
  return promise.finally(() => clearTimeout(limit));
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGCONT"); // who is frozen hears nothing
  child.kill(signal);
  const limit = setTimeout(() => child.kill("SIGKILL"), END_LIMIT);
  await gone;
  clearTimeout(limit);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("this machine gives no port");
  return address.port;
}
