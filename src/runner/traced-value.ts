/** Values as a traced history shows them: out of a cache entry or a database row, in JSON's terms. */
import type { Json } from "../vocabulary.ts";

/** What a reply carries, if it carries anything. */
export function valueOf(reply: unknown): unknown {
  return typeof reply === "object" && reply !== null && "value" in reply ? reply.value : undefined;
}

/** The value inside an entry that Keyv serialised. */
export function unwrap(stored: string): Json {
  const parsed = JSON.parse(stored) as { value?: Json };
  return parsed.value ?? null;
}

/** Integers beyond 2^53 lose precision: a report shows them, nothing computes with them. */
export function toJson(value: unknown): Json {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, member: unknown) => (typeof member === "bigint" ? Number(member) : member)),
  ) as Json;
}
