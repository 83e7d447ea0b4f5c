/** A server on a real port over a service that a test gives: sockets are accepted here and handed on, as the command does. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { LiveState } from "../vocabulary.ts";
import { type Serving, type ServeOptions, serveService } from "./serve-service.ts";
import type { ServedService, ServiceListener } from "./served-service.ts";

export interface Served {
  readonly port: number;
  readonly address: string;
  readonly serving: Serving;
  readonly tell: ServiceListener;
  /** What the service shows. */
  state: LiveState;
}

/** Characters in which `until` looks. */
const RECENT = 20_000;

export const TOKEN = "a-token-of-the-test";

export async function served(
  service: Partial<ServedService>,
  options: Partial<ServeOptions<ServedService>> = {},
): Promise<Served> {
  const door = createServer({ pauseOnConnect: true }, (socket) => serving.accept(socket));
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const { port } = door.address() as AddressInfo;
  let tell: ServiceListener | null = null;
  const found: { state: LiveState } = { state: stateOf(0) };
  const { serving } = serveService({
    boot: "boot1",
    token: TOKEN,
    hosts: [`127.0.0.1:${port}`, `localhost:${port}`],
    pageFolder: "/there/is/no/page",
    guide: { title: "Guide", steps: [] },
    ...options,
    open: (listener) => {
      tell = listener;
      return {
        fetch: () => new Response("own"),
        order: async () => found.state,
        state: () => found.state,
        visited: () => {},
        ...service,
      };
    },
  });
  if (tell === null) throw new Error("the service was not opened");
  onTestFinished(() => void door.close());
  return Object.assign(found, { port, address: `http://127.0.0.1:${port}`, serving, tell });
}

export function stateOf(actual: number): LiveState {
  return {
    scenario: { slug: "s", title: "t", unit: "u", viewer: "v", crowd: { name: "c", count: 1 }, viewerRequest: "GET /" },
    handlers: { source: "working copy", version: 1, loadedAt: 0, fault: null },
    figures: { shown: null, actual, gap: null, awaitsLook: false, hidden: null, lookedAt: null, fromCache: null },
    entry: null,
    poisonedBeforeFix: false,
    lostDelete: false,
    cache: { entries: 0, outage: null, health: "ok", trouble: null },
    clock: { now: 0, ahead: 0 },
    traffic: { stream: 0, inFlight: 0, writesPerMinute: 0 },
    totals: { reads: 0, writes: 0, hits: 0, misses: 0, sets: 0, deletes: 0, staleAnswers: 0, failures: 0 },
    verdict: null,
  };
}

/** A connection that says what it is told to, byte by byte if need be, and keeps what it hears. */
export async function dial(
  port: number,
): Promise<{ socket: Socket; heard(): string; until(text: string): Promise<void>; closed: Promise<void> }> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  onTestFinished(() => void socket.destroy());
  const chunks: string[] = [];
  let recent = ""; // to look through all of it at each chunk would take longer and longer
  const waiting = new Set<() => void>();
  socket.on("data", (chunk) => {
    chunks.push(chunk.toString());
    recent = `${recent}${chunks.at(-1) ?? ""}`.slice(-RECENT);
    for (const look of waiting) look();
  });
  socket.on("error", () => {});
  const closed = Promise.withResolvers<void>();
  socket.once("close", () => closed.resolve());
  return {
    socket,
    heard: () => chunks.join(""),
    closed: closed.promise,
    until: async (text) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (recent.includes(text)) resolve();
      };
      waiting.add(look);
      look();
      await promise;
      waiting.delete(look);
    },
  };
}
