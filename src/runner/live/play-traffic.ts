/**
 * Plays a plan of traffic on a live service in virtual time, and notes what came of it: requests overlap as they would,
 * statements take what the scenario says, and jobs run. Takes loaded handlers and a database file of its own.
 */
import type { Context, Json, RequestSpec, Route, Scenario, StrategyRun } from "../../vocabulary.ts";
import { openLiveWorld, type LiveWorld } from "./live-app.ts";
import type { LiveStep } from "./live-step.ts";
import { openOutsideWriter, type OutsideWriter } from "./outside-writer.ts";
import type { Arrival } from "./plan-traffic.ts";
import { createRequestScope } from "./request-scope.ts";
import type { LoadedFolder } from "./served-world.ts";
import { createTruthTimeline, type TruthTimeline } from "./truth-timeline.ts";
import { unawaited } from "./unawaited.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface TrafficPlay extends LoadedFolder {
  readonly scenario: Scenario;
  readonly databaseFile: string;
  readonly time: VirtualTime;
  readonly plan: readonly Arrival[];
  /** Milliseconds from the first moment to the last. */
  readonly length: number;
  /** Called each time when so much more of it is over; from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

type Noted = { -readonly [Name in keyof StrategyRun]: StrategyRun[Name] extends readonly number[] ? number[] : number };

interface Stage {
  readonly play: TrafficPlay;
  readonly world: LiveWorld;
  readonly truth: TruthTimeline;
  readonly outside: OutsideWriter;
  readonly noted: Noted;
  /** Numbers of requests that looked at a costly table. */
  readonly costly: Set<number>;
  underWay: number;
}

/** Milliseconds: how long requests that are under way at the end may take. */
const PATIENCE = 60_000;
const SLICES = 20;

/** Rejects when a request is never answered, or a handler throws. */
export async function playTraffic(play: TrafficPlay): Promise<StrategyRun> {
  const stage = openStage(play);
  const { time, length } = play;
  const start = time.now();
  try {
    arrive(stage, { start, nth: 0 });
    const endJobs = startJobs(stage, start + length);
    for (let n = 1; n <= SLICES; n += 1) {
      await time.passUntil(start + (length * n) / SLICES);
      play.onProgress(n / SLICES);
    }
    endJobs();
    await time.passUntil(time.now() + PATIENCE);
    if (stage.underWay > 0) throw new Error(`${stage.underWay} requests were never answered`);
    return { ...stage.noted };
  } finally {
    stage.world.close();
    stage.outside.close();
  }
}

function openStage(play: TrafficPlay): Stage {
  const { scenario, time, plan } = play;
  const noted = nothingYet();
  const costly = new Set<number>();
  const scope = createRequestScope();
  const world = openLiveWorld({
    ...play,
    scope,
    wait: time.wait,
    observe: (step) => note(step, noted, costly),
    onRoute: (c: Context) => void ((c.env as { number?: number }).number = scope.current()?.number ?? 0),
    onCommit: () => truth.committed(),
  });
  const reads = plan.flatMap((arrival) => (arrival.kind === "read" ? [arrival.request] : []));
  const truth: TruthTimeline = createTruthTimeline({
    truth: (db, request) => scenario.truth(db, request),
    db: world.database.truth,
    now: time.now,
    reads,
  });
  const outside = openOutsideWriter(play.databaseFile);
  return { play, world, truth, outside, noted, costly, underWay: 0 };
}

function nothingYet(): Noted {
  return {
    reads: 0,
    writes: 0,
    external: 0,
    hits: 0,
    wrongAnswers: 0,
    staleness: [],
    databaseReads: 0,
    costlyReads: 0,
    writeLatency: [],
    readLatency: [],
  };
}

function note(step: LiveStep, noted: Noted, costly: Set<number>): void {
  if (step.kind !== "database" || step.reads.length === 0) return;
  noted.databaseReads += 1;
  if (!step.costly) return;
  noted.costlyReads += 1;
  costly.add(step.request);
}

/** Each arrival calls for the next one. */
function arrive(stage: Stage, { start, nth }: { start: number; nth: number }): void {
  const { plan, time } = stage.play;
  const arrival = plan[nth];
  if (arrival === undefined) return;
  time.at(start + arrival.at, () => {
    if (arrival.kind === "external") writeFromOutside(stage, arrival);
    else unawaited(send(stage, arrival));
    arrive(stage, { start, nth: nth + 1 });
  });
}

/** Another program has to wait while a transaction of the service is open. */
function writeFromOutside(stage: Stage, arrival: Extract<Arrival, { kind: "external" }>): void {
  const { time } = stage.play;
  if (!stage.outside.write(arrival.write)) {
    time.at(time.now() + 1, () => writeFromOutside(stage, arrival));
    return;
  }
  stage.noted.external += 1;
  stage.truth.committed();
}

async function send(stage: Stage, { kind, request }: Extract<Arrival, { kind: "read" | "write" }>): Promise<void> {
  const { noted, play } = stage;
  const arrived = play.time.now();
  const { status, body, number } = await ask(stage, request);
  const latency = play.time.now() - arrived;
  if (kind === "write") {
    noted.writes += 1;
    noted.writeLatency.push(latency);
    if (status >= 400) noted.wrongAnswers += 1;
    return;
  }
  noted.reads += 1;
  noted.readLatency.push(latency);
  if (!stage.costly.has(number)) noted.hits += 1;
  const staleness = stage.truth.staleness(request, { status, body, arrived });
  if (staleness === null) noted.wrongAnswers += 1;
  else if (staleness > 0) noted.staleness.push(staleness);
}

async function ask(stage: Stage, request: RequestSpec): Promise<{ status: number; body: Json; number: number }> {
  const env = { number: 0 };
  const { path, headers, body } = request;
  const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const init: RequestInit = { method: routeOf(stage, request).method, headers: { ...type, ...headers } };
  stage.underWay += 1;
  const response = await stage.world.app.request(path, body === undefined ? init : { ...init, body }, env);
  const text = await response.text();
  stage.underWay -= 1;
  return { status: response.status, body: parsed(text), number: env.number };
}

function routeOf({ play }: Stage, { route }: RequestSpec): Route {
  const found = play.scenario.routes.find(({ id }) => id === route);
  if (found === undefined) throw new Error(`the traffic asks for a route that does not exist: ${route}`);
  return found;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The next run of a job begins some time after the end of the one before. */
function startJobs(stage: Stage, end: number): () => void {
  const { time, scenario } = stage.play;
  let over = false;
  for (const { id, path, every, role } of scenario.routes) {
    if (role !== "job" || every === undefined) continue;
    const again = (): void => {
      if (over || time.now() >= end) return;
      time.at(time.now() + every, () => unawaited(ask(stage, { route: id, path }).then(again)));
    };
    again();
  }
  return () => void (over = true);
}
