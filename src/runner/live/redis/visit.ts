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
    const request = scope.current()?.number ?? 0;
    const times = { at: Date.now(), duration: performance.now() - started };
    if (stored === undefined) return observe({ kind: "cache", request, ...times, ...facts });
    let value: Json | undefined;
    return observe({
      kind: "cache",
      request,
      ...times,
      ...facts,
      get value() {
        return (value ??= unpack(stored)?.value ?? null);
      },
    });
  };
}
