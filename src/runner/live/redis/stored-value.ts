/** What lies under a key: Keyv's own form, with the time at which it was stored. Knows only texts and values. */
import type { Json } from "../../../vocabulary.ts";

export interface StoredValue {
  readonly value: Json;
  /** When it was stored and when it expires, milliseconds since the epoch; null: not said. */
  readonly at: number | null;
  readonly expires: number | null;
}

/**
 * Keyv stores `{"value":…,"expires":…}`, to which `at` is added, and doubles the colon that begins a string.
 * null: somebody else wrote this.
 */
export function unpack(stored: string): StoredValue | null {
  try {
    const packed: unknown = JSON.parse(stored, (_, part: unknown) =>
      typeof part === "string" && part.startsWith(":") ? part.slice(1) : part,
    );
    if (typeof packed !== "object" || packed === null) return null;
    const { value, at, expires } = packed as { value?: Json; at?: number; expires?: number };
    return { value: value ?? null, at: at ?? null, expires: expires ?? null };
  } catch {
    return null;
  }
}

/** Whether Keyv's form is what plain JSON says: no string in it begins with a colon, which Keyv doubles. */
export function isPlain(stored: string): boolean {
  return !/[:,[]":/u.test(stored);
}

/** Cheap; what passes and is none after all is found to be none when it is read. */
export function looksStored(stored: string): boolean {
  return stored.startsWith('{"');
}
