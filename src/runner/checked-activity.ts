/**
 * Believes of a child's report only what its own handlers can have asked for: known operations, for requests that it
 * serves, in the shapes of `effect.ts`. Gives the activity with ids that no other child has; throws else.
 */
import type { Activity, Effect, PendingEffect } from "./effect.ts";

/** The child broke the protocol: only a handler that meddles with the pipe does that. */
export class ProtocolError extends Error {
  override readonly name: string = "ProtocolError";
}

/** It spoke for a request of another world: meddling, or a queue in the module that worlds played side by side share. */
class OutOfTurnError extends ProtocolError {
  override readonly name = "OutOfTurnError";
}

const CACHE_OPERATIONS: ReadonlySet<unknown> = new Set(["get", "set", "delete", "clear", "keys"]);
const DATABASE_OPERATIONS: ReadonlySet<unknown> = new Set(["get", "all", "run", "begin", "commit", "rollback"]);
const LARGEST_ID = 0x3fff_ffff;

/** `actors`: the requests that the child serves. Throws ProtocolError. */
export function checkActivity(told: unknown, from: { actors: ReadonlySet<number>; side: 0 | 1 }): Activity {
  require(isActivity(told), "a child sent a malformed report");
  const own = <T extends { readonly actor: number }>(item: T): T => {
    if (!from.actors.has(item.actor)) throw new OutOfTurnError("a child spoke for a request that it does not serve");
    return item;
  };
  const id = (value: number): number => {
    require(Number.isInteger(value) && value >= 0 && value <= LARGEST_ID, "a child sent an impossible id");
    return value * 2 + from.side;
  };
  return {
    effects: told.effects.map((pending) => ({ ...checkedStep(own(pending)), id: id(pending.id) })),
    timers: told.timers.map((timer) => {
      require(Number.isFinite(timer.delay) && Number.isFinite(timer.due), "a child sent a malformed timer");
      return { ...own(timer), id: id(timer.id) };
    }),
    clearedTimers: told.clearedTimers.map(id),
    answers: told.answers.map((answer) => {
      require(Number.isInteger(answer.status) && isText(answer.text), "a child sent a malformed answer");
      require(answer.etag === undefined || isHeader(answer.etag), "a child sent a malformed answer");
      return own(answer);
    }),
    errors: told.errors.map(own),
  };
}

function require(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ProtocolError(message);
}

function isActivity(told: unknown): told is Activity {
  if (typeof told !== "object" || told === null) return false;
  const { effects, timers, clearedTimers, answers, errors } = told as Record<string, unknown>;
  return [effects, timers, answers, errors].every(isListOfObjects) && Array.isArray(clearedTimers);
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null);
}

function checkedStep(pending: PendingEffect): PendingEffect {
  const { effect } = pending;
  require(typeof effect === "object" && effect !== null && isKnown(effect), "a child sent a malformed step");
  return pending;
}

function isKnown(effect: Effect): boolean {
  if (effect.resource === "database")
    return DATABASE_OPERATIONS.has(effect.operation) && isText(effect.sql) && Array.isArray(effect.params);
  const { resource, operation, key, value, timeToLive } = effect;
  return (
    resource === "cache" &&
    CACHE_OPERATIONS.has(operation) &&
    (key === null || isText(key)) &&
    (operation === "set" ? isText(value) : value === undefined) &&
    typeof (timeToLive ?? 0) === "number"
  );
}

/** It comes back in a header, to the other child perhaps. */
function isHeader(value: unknown): boolean {
  return isText(value) && /^[^\0\r\n\u0100-\uffff]*$/.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
