/**
 * A redis-server of our own: on a free port of this machine, keeping nothing, gone when the work is done.
 * Knows only how to start and end it; must never reach for a server that was running before.
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
  /** Throws when more databases are asked for than there are. */
  url(database: number): string;
}

export function hasRedisServer(): boolean {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

/** `folder` is where it runs; it writes nothing there. */
export async function withRedisServer<Result>(
  folder: string,
  body: (redis: RedisServer) => Promise<Result>,
): Promise<Result> {
  const { child, port } = await start(folder, ATTEMPTS);
  const endNow = (): void => void child.kill("SIGKILL");
  process.once("exit", endNow);
  try {
    return await body({ url: (database) => urlOf(port, database) });
  } finally {
    await end(child);
    process.off("exit", endNow);
  }
}

function urlOf(port: number, database: number): string {
  if (database >= DATABASES) throw new RangeError(`there are only ${DATABASES} databases`);
  return `redis://127.0.0.1:${port}/${database}`;
}

async function start(folder: string, attempts: number): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = spawn("redis-server", settings(port, folder), { stdio: ["ignore", "pipe", "pipe"] });
  const said = await ready(child);
  if (said === null) return { child, port };
  await end(child);
  if (attempts > 1) return start(folder, attempts - 1);
  throw new Error(`redis-server did not start:\n${said}`);
}

function settings(port: number, folder: string): string[] {
  const values = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no", databases: DATABASES };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** null: it accepts connections. Else what it said before it ended or its time was up. */
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

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
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
