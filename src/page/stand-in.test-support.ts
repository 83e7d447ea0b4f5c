/**
 * A service for the page's own tests, on a free port: it says what a test wants a page to hear, by the contract of the
 * real one, and remembers what it was ordered. It simulates nothing.
 */
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { LiveFrame, LiveSnapshot } from "../vocabulary.ts";
import type { Guide } from "./orders.ts";

export interface StandIn {
  readonly origin: string;
  /** Kind and body, in the order in which they came. */
  readonly orders: readonly Readonly<Record<string, unknown>>[];
  /** What `Last-Event-ID` said, one for each connection; null: nothing. */
  readonly resumed: readonly (string | null)[];
  /** To every page that listens. */
  tell(frame: LiveFrame): Promise<void>;
  /** Breaks the event streams off, as a network does. */
  hangUp(): void;
  close(): Promise<void>;
}

interface StandInOptions {
  readonly snapshot: LiveSnapshot;
  readonly guide?: Guide;
  /** Answers every order with it. */
  readonly refusal?: { readonly status: 401 | 409; readonly message: string; readonly hint: string };
}

interface Heard {
  readonly orders: Record<string, unknown>[];
  readonly resumed: (string | null)[];
  /** Each open event stream with what ends it. */
  readonly streams: Map<SSEStreamingApi, () => void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `built` is the folder of the built page. */
export async function startStandIn(built: string, options: StandInOptions): Promise<StandIn> {
  const heard: Heard = { orders: [], resumed: [], streams: new Map() };
  const app = new Hono();
  servePage(app, built);
  serveContract(app, { ...options, heard });
  const { promise: listening, resolve: listens } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, listens);
  const { port } = await listening;
  let told = 0;
  const hangUp = (): void => {
    for (const end of heard.streams.values()) end();
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    ...heard,
    hangUp,
    tell: async (frame) => {
      told += 1;
      const message = { event: "frame", id: `boot-0-${told}`, data: JSON.stringify(frame) };
      await Promise.all([...heard.streams.keys()].map((stream) => stream.writeSSE(message)));
    },
    close: async () => {
      hangUp();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
      await promise;
    },
  };
}

function servePage(app: Hono, built: string): void {
  const document = (name: string) => (c: Context) => c.html(readFileSync(join(built, name), "utf8"));
  app.use(async (c, next) => {
    await next();
    c.header("content-security-policy", POLICY);
  });
  app.get("/", document("index.html"));
  app.get("/present", document("present.html"));
  app.get("/assets/:name", (c) => {
    const name = c.req.param("name");
    return c.body(readFileSync(join(built, "assets", name)), 200, { "content-type": TYPES[extname(name)] ?? "" });
  });
}

function serveContract(app: Hono, { snapshot, guide, refusal, heard }: StandInOptions & { heard: Heard }): void {
  app.get("/events", (c) => {
    heard.resumed.push(c.req.header("last-event-id") ?? null);
    return streamSSE(c, async (stream) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      heard.streams.set(stream, resolve);
      stream.onAbort(resolve);
      await stream.writeSSE({ event: "snapshot", id: "boot-0-0", data: JSON.stringify(snapshot), retry: 1000 });
      await promise;
      heard.streams.delete(stream);
    });
  });
  app.get("/api/guide", (c) => c.json(guide ?? { title: "", steps: [] }));
  app.post("/api/:kind", async (c) => {
    if (refusal !== undefined) return c.json({ error: refusal }, refusal.status);
    heard.orders.push({ kind: c.req.param("kind"), ...(await c.req.json<Record<string, unknown>>()) });
    return c.json(snapshot.state);
  });
}
