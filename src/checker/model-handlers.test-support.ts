/**
 * Small services for the model runner, as generators that yield one step at a time: one right service and many wrong
 * ones. Item `n` has a number of log rows; a read answers it, a write adds one.
 */
import type { Json } from "../vocabulary.ts";

export type Step =
  | { readonly do: "get" | "delete"; readonly key: string }
  | { readonly do: "set"; readonly key: string; readonly value: Json; readonly ttl?: number }
  | { readonly do: "clear" | "begin" | "commit" | "never" }
  | { readonly do: "select" | "insert" | "alter" }
  | { readonly do: "sleep"; readonly ms: number }
  /** Starts steps that nobody waits for. */
  | { readonly do: "leave"; readonly steps: Steps };

export type Steps = Generator<Step, unknown, Json>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export interface Asked {
  readonly item: number;
  /** What this instance remembers. */
  readonly memory: Map<string, Json>;
}

export type ModelHandler = (asked: Asked) => Generator<Step, Answer, Json>;

export interface Service {
  readonly read: ModelHandler;
  readonly write: ModelHandler;
}

export const HOUR = 3_600_000;
export const key = (item: number): string => `stats_${item}`;

/** A read that keeps each answer under a name of its item, for `ttl` milliseconds. */
export function readUnder(name: (item: number) => string, ttl: number = HOUR): ModelHandler {
  return function* ({ item }) {
    const hit = yield { do: "get", key: name(item) };
    if (hit !== null) return { status: 200, body: hit };
    const value = { item, total: yield { do: "select" } };
    yield { do: "set", key: name(item), value, ttl };
    return { status: 200, body: value };
  };
}

export const cachedRead: ModelHandler = readUnder(key);

/** The write of a service: its insert, and what it does to the cache before and after. */
export function write(steps: { before?: (item: number) => Step[]; after?: (item: number) => Step[] }): ModelHandler {
  return function* ({ item }) {
    yield* steps.before?.(item) ?? [];
    const id = yield { do: "insert" };
    yield* steps.after?.(item) ?? [];
    return { status: 201, body: { id } };
  };
}

export function* later(...steps: Step[]): Steps {
  yield* steps;
  return null;
}

export const forget = (item: number): Step => ({ do: "delete", key: key(item) });

export const rightService: Service = { read: cachedRead, write: write({ after: (item) => [forget(item)] }) };

/** Closes the race on fill: entries lie under a token that every write replaces. */
export const tokenService: Service = {
  read: function* ({ item }) {
    const token = yield { do: "get", key: `token_${item}` };
    const name = `${key(item)}_${token as string}`;
    const hit = yield { do: "get", key: name };
    if (hit !== null) return { status: 200, body: hit };
    const value = { item, total: yield { do: "select" } };
    yield { do: "set", key: name, value, ttl: HOUR };
    return { status: 200, body: value };
  },
  write: function* ({ item }) {
    const id = yield { do: "insert" };
    yield { do: "set", key: `token_${item}`, value: id, ttl: 2 * HOUR };
    return { status: 201, body: { id } };
  },
};

/** Answers a request for an item that does not exist. */
export const unknown: ModelHandler = function* () {
  yield { do: "select" };
  return { status: 404, body: null };
};

export function isCache(step: Step): step is Step & { do: "get" | "set" | "delete" | "clear" } {
  return step.do === "get" || step.do === "set" || step.do === "delete" || step.do === "clear";
}
