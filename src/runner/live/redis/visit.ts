/** A visit of a cache over Redis as it is told. Its value is parsed when somebody wants to see it: mostly nobody does. */
import type { Json, LiveCacheStep } from "../../../vocabulary.ts";
import type { CacheParts } from "../live-cache.ts";
import { unpack } from "./stored-value.ts";

type Facts = Omit<LiveCacheStep, "kind" | "request" | "at" | "duration" | "value">;

/** `started`: when it was asked for; `stored`: what was stored or returned, as it lies in the cache. */
export type Report = (facts: Facts, started: number, stored?: string) => void;

/** A step belongs to the request that asked. */
export function reporter({ scope, observe }: CacheParts): Report {
  return (facts, started, stored) => {
    const step: LiveCacheStep = {
      kind: "cache",
      request: scope.current()?.number ?? 0,
      at: Date.now(),
      duration: performance.now() - started,
      ...facts,
    };
    observe(stored === undefined ? step : withValue(step, stored));
  };
}

function withValue(step: LiveCacheStep, stored: string): LiveCacheStep {
  let value: Json | undefined;
  return {
    ...step,
    get value() {
      return (value ??= unpack(stored)?.value ?? null);
    },
  };
}
