/** What a running service is made of, and what it tells while it runs. Types only. */
import type { HandlerFault, LivePoint, Scenario } from "../../vocabulary.ts";
import type { CacheParts, LiveCache } from "./live-cache.ts";
import type { LiveStep } from "./live-step.ts";
import type { LoadedFolder } from "./served-world.ts";
import type { ServiceClock } from "./service-clock.ts";

/** What a running service tells, each at once. */
export interface LiveListener {
  step(step: LiveStep): void;
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
}
