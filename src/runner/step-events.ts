/** What is written down about one performed step: values only where the run is traced. Performs nothing. */
import type { CacheEvent, DatabaseEvent, Repair } from "../vocabulary.ts";
import type { CacheEffect, DatabaseEffect, PendingEffect } from "./effect.ts";
import { toJson, unwrap, valueOf } from "./traced-value.ts";
import type { CacheStep } from "./world-cache.ts";
import type { DatabaseStep } from "./world-database.ts";

interface Performed {
  readonly pending: Pick<PendingEffect, "actor" | "location">;
  /** Virtual milliseconds since the run began. */
  readonly at: number;
  readonly traced: boolean;
}

export interface PerformedCache extends Performed {
  readonly effect: CacheEffect;
  readonly step: Omit<CacheStep, "reply"> & { readonly reply?: unknown };
  readonly repair: Repair["kind"] | null;
}

export function cacheEvent({ pending, effect, step, repair, at, traced }: PerformedCache): CacheEvent {
  const stored = effect.operation === "set" ? effect.value : step.hit === true ? valueOf(step.reply) : undefined;
  return {
    kind: "cache",
    actor: pending.actor,
    at,
    operation: step.operation,
    key: effect.key,
    ...(step.hit === undefined ? {} : { hit: step.hit }),
    ...(step.existed === undefined ? {} : { existed: step.existed }),
    ...(step.fault === undefined ? {} : { fault: step.fault }),
    ...(effect.operation === "set" ? { timeToLive: effect.timeToLive ?? null } : {}),
    ...(repair === null ? {} : { repair }),
    ...(traced && typeof stored === "string" ? { value: unwrap(stored) } : {}),
    ...(pending.location === null ? {} : { location: pending.location }),
  };
}

export function databaseEvent(
  performed: Performed & { readonly effect: DatabaseEffect; readonly step: DatabaseStep },
): DatabaseEvent {
  const { pending, effect, step, at, traced } = performed;
  return {
    kind: "database",
    actor: pending.actor,
    at,
    operation: effect.operation,
    sql: effect.sql === "" ? null : effect.sql,
    params: effect.params,
    reads: step.reads,
    changes: step.changes,
    ...(step.reply.ok ? {} : { error: step.reply.message }),
    ...(traced && step.reply.ok ? { value: toJson(step.reply.value) } : {}),
    ...(pending.location === null ? {} : { location: pending.location }),
  };
}
