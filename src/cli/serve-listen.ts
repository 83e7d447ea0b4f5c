/** Takes a port and keeps it: connections wait here while the process that serves them is being started again. */
import { createServer, type Server, type Socket } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { WorkshopError } from "../errors.ts";
import { commandLine } from "./command-line.ts";

export interface Door {
  readonly port: number;
  /** Every `name:port` under which it is reached; the first is the one to be told to people. */
  readonly hosts: readonly string[];
  /** Who gets the connections from now on, those included that wait; null: they wait again. */
  handTo(taker: ((socket: Socket) => void) | null): void;
  close(): void;
}

const FIRST_PORT = 4100;
const TRIES = 20;
/** Connections that wait at most; the oldest are let go. */
const MOST_WAITING = 500;

/** `port` absent: the first free one from 4100 on. Throws a WorkshopError (`environment`) when none can be had. */
export async function openDoor({ host, port }: { host: string; port: number | undefined }): Promise<Door> {
  const waiting: Socket[] = [];
  let taker: ((socket: Socket) => void) | null = null;
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    if (taker !== null) return taker(socket);
    socket.on("error", () => {}); // gone before it was its turn
    waiting.push(socket);
    if (waiting.length > MOST_WAITING) waiting.shift()?.destroy();
  });
  await listen(server, host, port);
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port: taken,
    hosts: namesOf(host).map((name) => `${name.includes(":") ? `[${name}]` : name}:${taken}`),
    handTo: (next) => {
      taker = next;
      if (next !== null) for (const socket of waiting.splice(0)) next(socket);
    },
    close: () => {
      for (const socket of waiting.splice(0)) socket.destroy();
      server.close(); // not to be waited for: it counts connections that were handed to a process that is gone
    },
  };
}

async function listen(server: Server, host: string, port: number | undefined): Promise<void> {
  const candidates = port === undefined ? [...Array.from({ length: TRIES }, (_, n) => FIRST_PORT + n), 0] : [port];
  for (const candidate of candidates) {
    const error = await tryListen(server, host, candidate);
    if (error === null) return;
    if (error.code !== "EADDRINUSE" || port !== undefined) throw cannotListen(error, host, candidate);
  }
}

async function tryListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | null>();
  const refused = (error: NodeJS.ErrnoException): void => resolve(error);
  const listening = (): void => resolve(null);
  server.once("error", refused).once("listening", listening);
  server.listen({ host: host === "localhost" ? "127.0.0.1" : host, port, backlog: 1024 }); // as it is told to people
  const error = await promise;
  server.off("error", refused).off("listening", listening);
  return error;
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): WorkshopError {
  const taken = error.code === "EADDRINUSE";
  const why = taken
    ? "is taken: another program listens on it"
    : `of ${host} cannot be had (${error.code ?? error.message})`;
  return new WorkshopError({
    code: "environment",
    message: `Port ${port} ${why}.`,
    hint: taken
      ? `Choose another with --port, or leave it out for the next free one: ${commandLine(["serve"])}`
      : "Choose another with --port or --host.",
    cause: error,
  });
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);
const EVERYWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

export function isOpenToOthers(host: string): boolean {
  return !LOOPBACK.has(host);
}

/** The names of this machine that lead here. */
function namesOf(host: string): string[] {
  const local = host === "::1" ? ["::1", "localhost"] : ["127.0.0.1", "localhost"];
  if (LOOPBACK.has(host)) return local;
  if (!EVERYWHERE.has(host)) return [host];
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = addresses.filter(({ internal }) => !internal).map(({ address }) => address);
  return [...outside.filter((address) => !address.includes(":")), hostname(), ...local, ...outside];
}
