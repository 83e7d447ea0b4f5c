/**
 * A service over HTTP: its own routes at the root, beside them the page, its events, its orders, health and metrics.
 * Takes a service as an interface and sockets that somebody else has accepted; knows nothing of how it runs.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { Json } from "../vocabulary.ts";
import { createEventHub } from "./event-hub.ts";
import { EventStreams } from "./event-streams.ts";
import { createGuard } from "./guard.ts";
import { limitBody } from "./limit-body.ts";
import { createMetrics } from "./metrics.ts";
import { createOwnRoutes, refused } from "./own-routes.ts";
import { PAGE_HEADERS } from "./page-headers.ts";
import { type Connect, relay } from "./relay.ts";
import type { NodeEnv, ServedService, ServiceListener } from "./served-service.ts";

export interface ServeOptions<Service extends ServedService> {
  /** Called once: the service tells what it does, and is asked, from then on. */
  readonly open: (listener: ServiceListener) => Service;
  /** Differs for each start. */
  readonly boot: string;
  readonly token: string;
  /** Every `name:port` under which it may be asked; the first is the one to be told to people. */
  readonly hosts: readonly string[];
  /** Absolute path of the built page; what is missing in it is not found. */
  readonly pageFolder: string;
  readonly guide: Json;
  /** To the process that answers for all what is not the scenario's own; absent: this one does. */
  readonly first?: Connect;
  /** Milliseconds. */
  readonly limits?: Partial<typeof LIMITS>;
}

export interface Serving {
  accept(socket: Socket): void;
  /** To be called ten times a second, while it drains too. */
  flush(): void;
  /** Takes no more requests; resolves when the last answer is sent. */
  drain(): Promise<void>;
}

/** Milliseconds until the headers, the whole request, and the next request of a connection must have come. */
const LIMITS = { headers: 5000, request: 10_000, idle: 20_000, check: 1000 };

const OWN = new Set(["", "present", "assets", "events", "api", "health", "metrics"]);

export function serveService<Service extends ServedService>(
  options: ServeOptions<Service>,
): { serving: Serving; service: Service } {
  const hub = createEventHub(options.boot);
  const metrics = createMetrics();
  const service = options.open({
    step: (step) => {
      hub.step(step);
      metrics.step(step);
    },
    point: hub.point,
    answer: metrics.answer,
    staleAnswer: metrics.staleAnswer,
    startAgain: () => {
      hub.clear();
      streams.snapshotForAll();
    },
  });
  const streams = new EventStreams({ hub, state: () => service.state(), headers: PAGE_HEADERS });
  const guard = createGuard(options);
  const own = createOwnRoutes({ ...options, service, streams, metrics, guard });
  const server = listenTo(router({ own, service, guard, first: options.first }), { ...LIMITS, ...options.limits });
  return { serving: servingOf(server, streams), service };
}

interface Routing {
  readonly own: Hono<{ Bindings: NodeEnv }>;
  readonly service: ServedService;
  readonly guard: ReturnType<typeof createGuard>;
  readonly first: Connect | undefined;
}

/** The service's own routes are looked at first and last: nothing of ours stands in the way of a cached answer. */
function router({
  own,
  service,
  guard,
  first,
}: Routing): (request: Request, env: NodeEnv) => Response | Promise<Response> {
  const limited = limitBody((request, env) => service.fetch(request, env));
  return (request, env) => {
    const { headers, url = "/", method } = env.incoming;
    const refusal = guard.refusal(headers);
    if (refusal !== null) return refused(refusal);
    const part = firstPart(url);
    if (first !== undefined && (OWN.has(part) || part === "admin")) return relay(first, env);
    if (OWN.has(part)) return own.fetch(request, env);
    return method === "GET" || method === "HEAD" ? service.fetch(request, env) : limited(request, env);
  };
}

function firstPart(url: string): string {
  return /^\/([^/?]*)/u.exec(url)?.[1] ?? "?";
}

function listenTo(
  fetch: (request: Request, env: NodeEnv) => Response | Promise<Response>,
  limits: typeof LIMITS,
): Server {
  const server = createAdaptorServer({
    fetch: (request, env) => fetch(request, env as NodeEnv),
    serverOptions: {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.idle,
      connectionsCheckingInterval: limits.check,
    },
  }) as Server;
  // It listens through somebody else's socket. Node looks for slow clients from this event on.
  server.emit("listening");
  return server;
}

function servingOf(server: Server, streams: EventStreams): Serving {
  const open = new Set<Socket>();
  let empty: (() => void) | null = null;
  return {
    flush: () => {
      streams.flush();
      if (empty !== null) server.closeIdleConnections(); // those that had a request when the end began
    },
    accept: (socket) => {
      open.add(socket);
      socket.once("close", () => {
        open.delete(socket);
        if (open.size === 0) empty?.();
      });
      server.emit("connection", socket);
      socket.resume();
    },
    drain: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      empty = resolve;
      streams.close();
      server.closeIdleConnections();
      if (open.size > 0) await promise;
    },
  };
}
