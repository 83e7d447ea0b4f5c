/** A visit of the cache as it is told. Its value is parsed when somebody wants to see it: of most visits nobody does. */
import type { Json, LiveCacheStep } from "../../vocabulary.ts";
import { valueOf } from "./entry-map.ts";

type Always = Pick<LiveCacheStep, "request" | "at" | "duration" | "operation" | "key">;

/** Characters. Steps are kept, and must not keep what the cache has long forgotten. */
const LONGEST = 20_000;
const BEGINNING = 500;

export class CacheStep implements LiveCacheStep {
  readonly kind = "cache";
  readonly request: number;
  readonly at: number;
  readonly duration: number;
  readonly operation: LiveCacheStep["operation"];
  readonly key: string | null;
  hit?: boolean;
  existed?: boolean;
  lost?: boolean;
  error?: string;
  timeToLive?: number | null;
  readonly #data: string | undefined;

  /** `data`: what was stored or returned, as Keyv serialised it. */
  constructor({ request, at, duration, operation, key }: Always, data: string | undefined) {
    this.request = request;
    this.at = at;
    this.duration = duration;
    this.operation = operation;
    this.key = key;
    this.#data = data === undefined || data.length <= LONGEST ? data : beginningOf(data);
  }

  get value(): Json {
    return valueOf(this.#data);
  }

  toJSON(): object {
    const { kind, request, at, duration, operation, key, hit, existed, lost, error, timeToLive } = this;
    const value = this.#data === undefined ? undefined : this.value;
    return { kind, request, at, duration, operation, key, hit, existed, lost, error, timeToLive, value };
  }
}

/** Copied: a part of a text would keep the whole. */
function beginningOf(data: string): string {
  const beginning = Buffer.from(data.slice(0, BEGINNING)).toString();
  return JSON.stringify({ value: `${beginning}… (${data.length} characters)` });
}
