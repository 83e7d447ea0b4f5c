/** Everything a page shows of a running service besides its steps, as one value. Reads; changes nothing. */
import type { CacheEntry, HandlerFault, KeptVerdict, LiveEntry, LiveState, Scenario } from "../../vocabulary.ts";
import type { Crowd } from "./crowd.ts";
import type { OutageKind } from "./outage.ts";
import type { ServedWorld } from "./served-world.ts";
import type { ServiceClock } from "./service-clock.ts";
import type { Tally } from "./tally.ts";
import { figureOf, methodOf, type Seen, type Viewer } from "./viewer.ts";

export interface HandlersInUse {
  readonly source: string;
  readonly version: number;
  readonly loadedAt: number;
  readonly fault: HandlerFault | null;
}

export interface StateParts {
  readonly scenario: Scenario;
  readonly served: ServedWorld;
  readonly clock: ServiceClock;
  readonly tally: Tally;
  readonly viewer: Pick<Viewer, "seen" | "lostDelete">;
  readonly actual: number;
  readonly crowd: Crowd;
  readonly handlers: HandlersInUse;
  readonly verdict: KeptVerdict | null;
}

export function stateOf(parts: StateParts): LiveState {
  const { clock, tally, handlers } = parts;
  const now = clock.now();
  const entry = entryOf(parts);
  const filledAt = entry === null ? 0 : now - entry.age;
  return {
    scenario: aboutScenario(parts.scenario),
    handlers,
    figures: figuresOf(parts, entry),
    entry,
    poisonedBeforeFix: entry !== null && entry.stale && handlers.version > 1 && filledAt < handlers.loadedAt,
    lostDelete: entry !== null && entry.stale && parts.viewer.lostDelete,
    cache: aboutCache(parts.served),
    clock: { now, ahead: clock.ahead() },
    traffic: {
      stream: parts.crowd.perSecond,
      inFlight: tally.inFlight,
      writesPerMinute: tally.writesPerMinute(now),
    },
    totals: tally.totals,
    verdict: parts.verdict,
  };
}

function aboutScenario({ slug, title, story, routes }: Scenario): LiveState["scenario"] {
  const { viewer, crowd, unit } = story;
  const viewerRequest = `${methodOf(routes, viewer.request.route)} ${viewer.request.path}`;
  return {
    slug,
    title,
    unit,
    viewer: viewer.name,
    crowd: { name: crowd.name, count: crowd.count },
    viewerRequest,
  };
}

function figuresOf({ viewer, actual, scenario }: StateParts, entry: LiveEntry | null): LiveState["figures"] {
  const { seen } = viewer;
  const shown = seen?.shown ?? null;
  const gap = shown === null ? null : actual - shown;
  const awaitsLook = gap !== null && gap !== 0 && seen?.answer.stale === false && entry?.stale !== true;
  const hides = gap !== null && gap > 0 && !awaitsLook && scenario.story.isAmount !== true;
  return {
    shown,
    actual,
    gap,
    awaitsLook,
    hidden: hides && actual > 0 ? Math.min(1, gap / actual) : null,
    lookedAt: seen?.at ?? null,
    fromCache: seen?.fromCache ?? null,
  };
}

function entryOf(parts: StateParts): LiveEntry | null {
  const { served } = parts;
  const { seen } = parts.viewer;
  if (seen === null || seen.key === null) return null;
  const entry = served.world.cache.entry(seen.key);
  return entry === null ? null : { ...entry, stale: isStale(parts, entry, seen) };
}

/**
 * What an entry holds need not be what is answered, so its answer is judged: the viewer's last one while the entry is
 * still the one that gave it. One that was stored since is judged as if it were the answer, else by its figure.
 */
function isStale({ scenario, served, actual, clock }: StateParts, entry: CacheEntry, seen: Seen): boolean {
  const now = clock.now();
  const { request } = scenario.story.viewer;
  const text = JSON.stringify(entry.value);
  if (served.freshness.isFresh(request, { status: 200, text }) === true) return false;
  const storedSince = now - entry.age > seen.at;
  if (!storedSince) return served.freshness.isFresh(request, seen.answer) === false;
  const figure = figureOf({ text }, scenario.story.figure);
  return figure !== null && figure !== actual;
}

const TROUBLE: Readonly<Record<OutageKind, string>> = {
  miss: "The cache forgets everything at once",
  false: "The cache refuses what it is told, and has nothing",
  error: "The cache is not reachable",
  hang: "The cache does not answer",
};

function aboutCache({ world }: ServedWorld): LiveState["cache"] {
  const { outage, size: entries, health } = world.cache;
  const { kind } = outage;
  if (kind === null) return { entries, outage: null, ...health };
  return { entries, outage: kind, health: "degraded", trouble: TROUBLE[kind] };
}
