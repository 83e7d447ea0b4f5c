/** What a running service is made of, and what it tells while it runs. Types only. */
import type { HandlerFault, LivePoint, Scenario } from "../../vocabulary.ts";
import type { CacheParts, LiveCache } from "./live-cache.ts";
import type { OutageKind } from "./outage.ts";
import type { LiveStep } from "./live-step.ts";
import type { LoadedFolder } from "./served-world.ts";
import type { ServiceClock } from "./service-clock.ts";

/** What a running service tells, each at once. */
export interface LiveListener {
  /** `route`: of an answer, the id of its route; null: it had none, or the step is no answer. */
  step(step: LiveStep, route: string | null): void;
  point(point: LivePoint): void;
  /** A request was answered: the id of its route, null when it had none, and milliseconds. */
  answer(answered: { readonly route: string | null; readonly status: number; readonly duration: number }): void;
  staleAnswer(): void;
  /** Everything told before no longer counts. */
  startAgain(): void;
}

export interface LiveServiceOptions extends LoadedFolder {
  readonly scenario: Scenario;
  readonly clock: ServiceClock;
  readonly databaseFile: string;
  /** Makes the cache; the one in memory unless given. */
  readonly cache?: (parts: CacheParts) => LiveCache;
  /** Of the handlers it begins with: where they come from, in words for people, their number over all restarts, and why newer ones do not run. */
  readonly about: { readonly source: string; readonly version: number; readonly fault: HandlerFault | null };
  /** Makes a new copy of the workshop's database and gives its path. */
  readonly copyDatabase: () => Promise<string>;
  /** A copy is no longer used. */
  readonly discard: (databaseFile: string) => void;
  readonly listener: LiveListener;
  readonly among: Among;
}

/** The processes that serve the same database and cache, of which this is one. */
export interface Among {
  readonly count: number;
  /** It looks, writes, runs the jobs, and hears what the others do. */
  readonly leads: boolean;
  /** What they are in when this one begins. */
  readonly outage: OutageKind | null;
  /** Resolves when every other one has followed, or is gone. */
  tellOthers(order: SharedOrder): Promise<void>;
}

/** What has to happen in every process. Plain JSON. */
export type SharedOrder =
  | { readonly kind: "advance"; readonly milliseconds: number }
  | { readonly kind: "outage"; readonly fault: OutageKind | null }
  | { readonly kind: "start-again"; readonly databaseFile: string };

/** What one process did, for the one that leads. Plain JSON. */
export type Heard =
  | { readonly kind: "step"; readonly step: LiveStep; readonly route: string | null }
  | { readonly kind: "stale-answer" };
