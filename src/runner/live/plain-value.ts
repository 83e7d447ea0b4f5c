/** Turns what handlers bind, store and throw into what a report can carry. Knows only values. */
import type { Json, SqlValue } from "../../vocabulary.ts";

/** A parameter as JSON; blobs by their length, big integers by their digits. */
export function shown(value: SqlValue): Json {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return `blob of ${value.byteLength} bytes`;
  return value;
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
