/**
 * Plays a scenario's story once: the viewer looks, the crowd writes, the viewer looks again, and once more.
 * Takes a live world, gives a plain record of what was shown, kept and written; decides and prints nothing.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Demonstration, Json, Look, PlayedRequest, RequestSpec, Scenario } from "../../vocabulary.ts";
import type { LiveWorld } from "./live-app.ts";
import type { LiveAnswer, LiveStep, Observer } from "./live-step.ts";

export type Progress =
  | { readonly phase: "before" | "after" | "again"; readonly stage: "asked" }
  | { readonly phase: "before" | "after" | "again"; readonly stage: "answered"; readonly look: Look }
  | {
      readonly phase: "writes";
      readonly stage: "asked" | "answered";
      readonly position: number;
      readonly request: PlayedRequest | null;
    };

export interface StoryPlay {
  readonly scenario: Pick<Scenario, "routes" | "story">;
  readonly world: LiveWorld;
  /** Steps of the world, in order, from the observer it was opened with. */
  readonly steps: readonly LiveStep[];
  readonly onProgress: (progress: Progress) => void;
  /** Milliseconds that one request may take. */
  readonly patience: number;
}

/** Milliseconds. People do not ask in the same instant: what a handler left behind has its turn before the next request. */
const BETWEEN_REQUESTS = 5;

/** A request was not answered in time. */
export class NeverAnswered extends Error {
  override readonly name = "NeverAnswered";
  readonly request: RequestSpec;

  constructor(request: RequestSpec, patience: number) {
    super(`no answer within ${patience / 1000} seconds`);
    this.request = request;
  }
}

/** Rejects with NeverAnswered when a request outlasts the patience; a handler that never yields is for the parent to end. */
export async function demonstrate(play: StoryPlay): Promise<Demonstration> {
  const before = await look(play, "before");
  const writes = await crowd(play);
  await play.world.cache.refresh();
  const entries = play.world.cache.entries();
  const after = await look(play, "after");
  const again = await look(play, "again");
  return { before, writes: writes.map((write) => withLateSteps(play, write)), after, again, entries };
}

/** Keeps what it observes: hand `observe` to the world and `steps` to the play. */
export function recordSteps(): { observe: Observer; steps: readonly LiveStep[] } {
  const steps: LiveStep[] = [];
  return { observe: (step) => steps.push(step), steps };
}

async function crowd(play: StoryPlay): Promise<PlayedRequest[]> {
  const { count, request } = play.scenario.story.crowd;
  const writes: PlayedRequest[] = [];
  for (let n = 0; n < count; n += 1) {
    play.onProgress({ phase: "writes", stage: "asked", position: n, request: null });
    const { request: done } = await send(play, request(n));
    writes.push(done);
    play.onProgress({ phase: "writes", stage: "answered", position: n, request: done });
  }
  return writes;
}

async function look(play: StoryPlay, phase: "before" | "after" | "again"): Promise<Look> {
  const { story } = play.scenario;
  play.onProgress({ phase, stage: "asked" });
  const { request, body } = await send(play, story.viewer.request);
  const seen: Look = {
    ...request,
    body,
    shown: figureOf(body, story.figure),
    actual: story.actual(play.world.database.truth),
  };
  play.onProgress({ phase, stage: "answered", look: seen });
  return seen;
}

async function send(play: StoryPlay, spec: RequestSpec): Promise<{ request: PlayedRequest; body: Json }> {
  const from = play.steps.length;
  const method = methodOf(play, spec);
  const started = performance.now();
  const { status, text } = await inTime(play.patience, spec, answerTo(play, spec, method));
  const duration = performance.now() - started;
  await sleep(BETWEEN_REQUESTS);
  const request = played(play.steps.slice(from), { spec, method, status, duration });
  return { request, body: parsed(text) };
}

async function answerTo(
  { world }: StoryPlay,
  spec: RequestSpec,
  method: string,
): Promise<{ status: number; text: string }> {
  const response = await world.app.request(spec.path, init(spec, method));
  return { status: response.status, text: await response.text() };
}

async function inTime<Result>(patience: number, spec: RequestSpec, work: Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const limit = sleep(patience, undefined, { signal: late.signal }).then(() => {
    throw new NeverAnswered(spec, patience);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    late.abort();
    limit.catch(() => undefined); // aborted: nobody waits for it any more
  }
}

function init(spec: RequestSpec, method: string): RequestInit {
  const type: Record<string, string> = spec.body === undefined ? {} : { "content-type": "application/json" };
  return { method, headers: { ...type, ...spec.headers }, ...(spec.body === undefined ? {} : { body: spec.body }) };
}

function methodOf({ scenario }: StoryPlay, spec: RequestSpec): string {
  const route = scenario.routes.find(({ id }) => id === spec.route);
  if (route === undefined) throw new Error(`the story asks for a route that does not exist: ${spec.route}`);
  return route.method;
}

interface Sent {
  readonly spec: RequestSpec;
  readonly method: string;
  readonly status: number;
  readonly duration: number;
}

function played(steps: readonly LiveStep[], { spec, method, status, duration }: Sent): PlayedRequest {
  const number = steps.find(({ kind }) => kind === "arrival")?.request ?? 0;
  const own = steps.filter(({ request }) => request === number);
  const answer = own.find((step): step is LiveAnswer => step.kind === "answer");
  const statements = own.filter((step) => step.kind === "database");
  return {
    label: spec.label ?? `${method} ${spec.path}`,
    method,
    path: spec.path,
    status,
    duration,
    thrown: answer?.thrown ?? null,
    number,
    cache: cacheOperations(own),
    changes: statements.reduce((sum, { changes }) => sum + (changes ?? 0), 0),
    costly: statements.some(({ costly }) => costly),
  };
}

function withLateSteps({ steps }: StoryPlay, write: PlayedRequest): PlayedRequest {
  return { ...write, cache: cacheOperations(steps.filter(({ request }) => request === write.number)) };
}

function cacheOperations(steps: readonly LiveStep[]): PlayedRequest["cache"] {
  return steps
    .filter((step) => step.kind === "cache")
    .map(({ operation, key, hit, existed }) => ({
      operation,
      key,
      ...(hit === undefined ? {} : { hit }),
      ...(existed === undefined ? {} : { existed }),
    }));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function figureOf(body: Json, figure: (body: Json) => number): number | null {
  try {
    const number = figure(body);
    return Number.isFinite(number) ? number : null;
  } catch {
    return null; // an error's body need not have the shape that the figure is read from
  }
}
