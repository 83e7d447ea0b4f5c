/**
 * A live world as a running service has it: handlers that can be replaced under it, every read's answer held against
 * the database, and an end that waits for the requests under way. Takes a database file; listens on no port.
 */
import type { Context, Handler, RequestSpec, Route, Scenario } from "../../vocabulary.ts";
import { onAnswerText, type Outgoing } from "./answer-text.ts";
import { createFreshness, type Freshness, type Reading } from "./freshness.ts";
import { createAdminApp, isForAdmin } from "./admin-app.ts";
import { withoutIdleJobs } from "./idle-jobs.ts";
import { unawaited } from "./unawaited.ts";
import { type LiveApp, type LiveWorld, openLiveWorld } from "./live-app.ts";
import type { CacheParts, LiveCache } from "./live-cache.ts";
import type { LiveStep } from "./live-step.ts";
import type { OutageKind } from "./outage.ts";
import type { RequestScope } from "./request-scope.ts";
import type { Tally } from "./tally.ts";

/** What comes with a request besides the request itself: Node's two sides of it, or notes for one that has none. */
export interface RequestEnv {
  readonly incoming?: { readonly url?: string | undefined; readonly rawHeaders: readonly string[] };
  readonly outgoing?: Outgoing;
  /** Noted for a request without a port. */
  notes?: { request: number; reading: Reading | null };
}

export interface LoadedFolder {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly folder: string;
}

export interface ServedWorldOptions extends LoadedFolder {
  readonly scenario: Scenario;
  readonly scope: RequestScope;
  readonly databaseFile: string;
  readonly cache?: (parts: CacheParts) => LiveCache;
  /** Other processes write to the same file. */
  readonly shared: boolean;
  /** In which it begins. */
  readonly outage: OutageKind | null;
  /** Of everything that the service did. */
  readonly totals: () => Tally["totals"];
  readonly observe: (step: LiveStep) => void;
  readonly onCommit: () => void;
  readonly onStaleAnswer: () => void;
  readonly onArrival: (route: Route, env: RequestEnv, request: number) => void;
}

export interface ServedWorld {
  readonly world: LiveWorld;
  readonly freshness: Freshness;
  fetch(request: Request, env: RequestEnv): Response | Promise<Response>;
  load(folder: LoadedFolder): void;
  /** Abandons it when its last request has been answered, and then calls `closed`. */
  retire(closed: () => void): void;
}

/** Throws an environment error when the database cannot be opened. */
export function openServedWorld(options: ServedWorldOptions): ServedWorld {
  const idle = watchForIdleness();
  const tell = tellingOf(options);
  const world: LiveWorld = openLiveWorld({
    ...options,
    observe: (step) => {
      tell(step);
      idle.observe(step);
    },
    onRoute: (c, route) => routed({ options, freshness, c, route }),
    onCommit: () => {
      freshness.committed();
      options.onCommit();
    },
  });
  world.cache.outage.switch(options.outage);
  const { scenario } = options;
  let retired = false;
  const freshness = createFreshness({
    truth: (db, spec) => scenario.truth(db, spec),
    db: world.database.truth,
    ...(options.shared ? { commits: () => (retired ? NOBODY_KNOWS : world.database.commits()) } : {}),
  });
  const admin = createAdminApp({ routes: scenario.admin ?? [], world, totals: options.totals });
  let app: LiveApp = world.app;
  return {
    world,
    freshness,
    fetch: (request, env) => (isForAdmin(env.incoming?.url) ? admin : app).fetch(request, env),
    load: ({ handlers, folder }) => void (app = world.mount(handlers, folder)),
    retire: (closed) =>
      idle.whenReached(() => {
        retired = true; // an answer that is sent may not have been read yet, and then asks whether it is stale
        unawaited(world.abandon());
        closed();
      }),
  };
}

function tellingOf({ scenario, observe, scope }: ServedWorldOptions): (step: LiveStep) => void {
  const jobs = new Set(scenario.routes.filter(({ role }) => role === "job").map(({ id }) => id));
  if (jobs.size === 0) return observe;
  return withoutIdleJobs({ tell: observe, isJob: () => jobs.has(scope.current()?.route ?? "") });
}

/** A number of commits that no database has. */
const NOBODY_KNOWS = -1;

interface Routed {
  readonly options: ServedWorldOptions;
  readonly freshness: Freshness;
  readonly c: Context;
  readonly route: Route;
}

function routed({ options, freshness, c, route }: Routed): void {
  const env = c.env as RequestEnv;
  const request = options.scope.current()?.number ?? 0;
  options.onArrival(route, env, request);
  const reading = route.role === "read" && c.req.method === route.method ? readingOf(freshness, c, route) : null;
  if (env.notes !== undefined) env.notes.reading = reading;
  if (reading === null || env.outgoing === undefined) return;
  onAnswerText(env.outgoing, (status, text) => {
    if (text === null) reading.gone();
    else if (reading.answered({ status, text }) === true) options.onStaleAnswer();
  });
}

function readingOf(freshness: Freshness, c: Context, route: Route): Reading | null {
  const { incoming } = c.env as RequestEnv;
  const path = incoming?.url ?? c.req.path;
  const key = `${path} ${incoming?.rawHeaders.join("\n") ?? ""}`;
  const spec = (): RequestSpec => ({ route: route.id, path, headers: Object.fromEntries(c.req.raw.headers) });
  try {
    return freshness.arrived(key, spec);
  } catch {
    return null; // a truth written for the requests of checks need not know what a stranger asks
  }
}

interface Idleness {
  observe(step: LiveStep): void;
  /** Calls it once, at once when no request is under way. */
  whenReached(act: () => void): void;
}

function watchForIdleness(): Idleness {
  let waiting: (() => void) | null = null;
  let inFlight = 0;
  const settle = (): void => {
    if (inFlight > 0 || waiting === null) return;
    const act = waiting;
    waiting = null;
    queueMicrotask(act); // an answer is told of before it is over
  };
  return {
    observe: ({ kind }) => {
      if (kind === "arrival") inFlight += 1;
      if (kind === "answer") inFlight -= 1;
      settle();
    },
    whenReached: (act) => {
      waiting = act;
      settle();
    },
  };
}
