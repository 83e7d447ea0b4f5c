/** The routes that every served scenario has: the page and its assets, events, orders, the guide, health, metrics. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Json } from "../vocabulary.ts";
import type { EventStreams } from "./event-streams.ts";
import type { createGuard, Refusal } from "./guard.ts";
import type { Metrics } from "./metrics.ts";
import { type PageFile, readAsset, readPageFile } from "./page-files.ts";
import { PAGE_HEADERS } from "./page-headers.ts";
import { readOrder } from "./read-order.ts";
import type { NodeEnv, ServedService } from "./served-service.ts";

export interface OwnParts {
  readonly service: ServedService;
  readonly streams: EventStreams;
  readonly metrics: Metrics;
  readonly guard: ReturnType<typeof createGuard>;
  readonly pageFolder: string;
  readonly guide: Json;
}

type App = Hono<{ Bindings: NodeEnv }>;
type C = Context<{ Bindings: NodeEnv }>;

/** Node has written the answer itself. */
const SENT = { headers: { "x-hono-already-sent": "true" } };

export function createOwnRoutes(parts: OwnParts): App {
  const app: App = new Hono<{ Bindings: NodeEnv }>();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value);
  });
  addPages(app, parts);
  addApi(app, parts);
  app.get("/events", (c) => {
    const opened = parts.streams.open(c.env.incoming, c.env.outgoing);
    if (!opened) return failure(c, 503, ["Too many pages are open.", "Close some of them."]);
    parts.service.visited();
    return new Response(null, SENT);
  });
  app.get("/health", (c) => c.json(health(parts.service)));
  app.get("/metrics", async (c) => c.body(await parts.metrics.text(), 200, { "content-type": parts.metrics.type }));
  app.notFound((c) => failure(c, 404, ["There is nothing here.", "The page is at /."]));
  app.onError((error, c) => failure(c, 500, [error.message, "See what the service has printed."]));
  return app;
}

export function refused({ status, message, hint }: Refusal): Response {
  return Response.json({ error: { message, hint } }, { status, headers: { ...PAGE_HEADERS } });
}

function addPages(app: App, { pageFolder }: OwnParts): void {
  app.get("/", async (c) => page(c, await readPageFile(pageFolder, "index.html")));
  app.get("/present", async (c) => page(c, await readPageFile(pageFolder, "present.html")));
  app.get("/assets/:name", async (c) => page(c, await readAsset(pageFolder, c.req.param("name"))));
}

/** Asked for again each time, so that a page never runs beside the assets of another version. */
function page(c: C, file: PageFile | null): Response {
  if (file === null) return failure(c, 404, ["There is no such page.", "The page is at /."]);
  const headers = { "content-type": file.type, etag: file.etag, "cache-control": "no-cache" };
  const same = c.req.header("if-none-match") === file.etag;
  return same ? c.body(null, 304, headers) : c.body(file.bytes, 200, headers);
}

function addApi(app: App, { service, guard, guide }: OwnParts): void {
  app.use("/api/*", async (c, next) => {
    if (guard.hasToken(c.req.header("authorization"))) return await next();
    return failure(c, 401, ["The token is missing or wrong.", "Open the link that was printed at the start."]);
  });
  app.get("/api/guide", (c) => c.json(guide));
  app.post(
    "/api/:kind",
    bodyLimit({ maxSize: 4096, onError: (c) => failure(c as C, 413, ["The order is too long.", "Send less."]) }),
    async (c) => {
      const body = await readBody(c);
      if (body === undefined) return failure(c, 400, ["The body is not JSON.", "Send an object, such as {}."]);
      const read = readOrder(c.req.param("kind"), body);
      if (read === null) return failure(c, 404, ["There is no such order.", "See the page's own controls."]);
      if ("problem" in read) return failure(c, 422, [read.problem, "Correct the order and send it again."]);
      return c.json(await service.order(read.order));
    },
  );
}

async function readBody(c: C): Promise<unknown> {
  const text = await c.req.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function health(service: ServedService): Json {
  const { cache, handlers } = service.state();
  const status = cache.health === "ok" && handlers.fault === null ? "ok" : "degraded";
  return {
    status,
    cache: { status: cache.health, trouble: cache.trouble, entries: cache.entries },
    handlers: { version: handlers.version, trouble: handlers.fault?.message ?? null },
  };
}

function failure(
  c: C,
  status: 400 | 401 | 404 | 413 | 422 | 500 | 503,
  [message, hint]: readonly [string, string],
): Response {
  return c.json({ error: { message, hint } }, status);
}
