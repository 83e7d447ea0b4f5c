/**
 * The one who looks at a running service: asks the viewer's request and keeps what came back, and which entry of the
 * cache it came from. Takes a way to ask; knows neither a port nor what the figure means.
 */
import type { Json, LiveCacheStep, LiveState, Route, Scenario } from "../../vocabulary.ts";
import type { LiveStep } from "./live-step.ts";
import type { Answer, JudgedAnswer } from "./freshness.ts";
import type { RequestEnv } from "./served-world.ts";

export interface Seen {
  readonly shown: number | null;
  readonly answer: JudgedAnswer;
  /** By the service's clock. */
  readonly at: number;
  readonly fromCache: LiveState["figures"]["fromCache"];
  /** The key that was hit, or else filled; null: neither. */
  readonly key: string | null;
}

export interface Viewer {
  /** The last look that was answered; null: none yet. */
  readonly seen: Seen | null;
  /** A delete of the viewer's entry did not reach the cache, and nothing that was stored or deleted since. */
  readonly lostDelete: boolean;
  observe(step: LiveStep): void;
  /** To be called when a request has found its route. */
  arrived(env: RequestEnv, request: number): void;
  /** Resolves when it is answered. Of two looks, the one that began later counts. */
  look(): Promise<void>;
  forget(): void;
}

export interface ViewerParts {
  readonly scenario: Pick<Scenario, "routes" | "story">;
  readonly now: () => number;
  readonly ask: (request: Request, env: RequestEnv) => Promise<JudgedAnswer>;
}

interface Notes {
  hit: string | null;
  filled: string | null;
  asked: boolean;
}

/** Looks that are not answered yet: more of them would say nothing new about a service that hangs. */
const MOST_UNANSWERED = 20;

export function createViewer(parts: ViewerParts): Viewer {
  const underWay = new Map<number, Notes>();
  const mine = new WeakSet<RequestEnv>();
  let seen: { readonly request: number; readonly seen: Seen } | null = null;
  let lostDelete = false;
  return {
    get seen() {
      return seen?.seen ?? null;
    },
    get lostDelete() {
      return lostDelete;
    },
    observe: (step) => {
      if (step.kind === "cache" && concerns(step, seen?.seen.key)) lostDelete = isLostDelete(step);
      const notes = underWay.size === 0 ? undefined : underWay.get(step.request);
      if (notes !== undefined) note(notes, step);
    },
    arrived: (env, request) => {
      if (!mine.has(env) || env.notes === undefined) return;
      env.notes.request = request;
      underWay.set(request, { hit: null, filled: null, asked: false });
    },
    look: async () => {
      if (underWay.size >= MOST_UNANSWERED) return;
      const env: RequestEnv = { notes: { request: 0, reading: null } };
      mine.add(env);
      const answer = await parts.ask(requestOf(parts.scenario), env);
      const request = env.notes?.request ?? 0;
      const notes = underWay.get(request);
      underWay.delete(request);
      if (notes === undefined || request < (seen?.request ?? 0)) return;
      seen = { request, seen: seenOf(parts, answer, notes) };
    },
    forget: () => {
      seen = null;
      lostDelete = false;
    },
  };
}

/** Whether it changed the entry, or was to. */
function concerns({ operation, key, lost }: LiveCacheStep, entry: string | null | undefined): boolean {
  if (operation === "get" || (operation === "set" && lost === true)) return false;
  return operation === "clear" || key === entry;
}

function isLostDelete({ operation, lost }: LiveCacheStep): boolean {
  return operation !== "set" && lost === true;
}

function note(notes: Notes, step: LiveStep): void {
  if (step.kind === "database") notes.asked = true;
  if (step.kind !== "cache" || step.key === null || step.error !== undefined) return;
  if (step.operation === "get" && step.hit === true) notes.hit ??= step.key;
  if (step.operation === "set") notes.filled = step.key;
}

function seenOf({ scenario, now }: ViewerParts, answer: JudgedAnswer, notes: Notes): Seen {
  return {
    shown: figureOf(answer, scenario.story.figure),
    answer,
    at: now(),
    fromCache: notes.hit !== null ? true : notes.asked ? false : null,
    key: notes.hit ?? notes.filled,
  };
}

/** null: an error's body need not have the shape that the figure is read from. */
export function figureOf({ text }: Pick<Answer, "text">, figure: (body: Json) => number): number | null {
  try {
    const number = figure(JSON.parse(text) as Json);
    return Number.isFinite(number) ? number : null;
  } catch {
    return null;
  }
}

function requestOf({ routes, story }: ViewerParts["scenario"]): Request {
  const { path, headers, route } = story.viewer.request;
  return new Request(`http://localhost${path}`, { method: methodOf(routes, route), headers: headers ?? {} });
}

export function methodOf(routes: readonly Route[], id: string): Route["method"] {
  const route = routes.find((each) => each.id === id);
  if (route === undefined) throw new Error(`the story asks for a route that does not exist: ${id}`);
  return route.method;
}
