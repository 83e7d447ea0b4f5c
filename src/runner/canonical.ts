/**
 * Ids between a world and its report. Every world has ids of its own, `world × 1000 + n`; people read the canonical `n`.
 * From 1000 on, `n` begins and ends like the id of its thousands: `1001` as `1` does, and with more digits, so that a key
 * made from the beginning or the end of an id is another one's as well.
 * Works on whole numbers inside any text, key or JSON value; knows nothing of tables.
 */
import type { Json } from "../vocabulary.ts";

const IDS_PER_WORLD = 1000;
/** Canonical ids are below. */
export const ID_LIMIT: number = IDS_PER_WORLD * IDS_PER_WORLD;

/** Worlds are numbered from here on, so that no ordinary number is mistaken for an id. */
export const FIRST_WORLD = 1001;

export interface Canonical {
  text(value: string): string;
  json<Value>(value: Value): Value;
  /** The world's own form of a canonical text. */
  localText(value: string): string;
}

/** `n`: 1 to 999, or up to 999 999 with both halves from 1 on. */
export function localId(world: number, n: number): number {
  const short = (part: number): number => world * IDS_PER_WORLD + part;
  return n < IDS_PER_WORLD ? short(n) : short(Math.floor(n / IDS_PER_WORLD)) * IDS_PER_WORLD + (n % IDS_PER_WORLD);
}

/** `isId`: which `n` the world has given out. Rows that are added later get short ones. */
export function createCanonical(world: number, isId: (n: number) => boolean): Canonical {
  const base = world * IDS_PER_WORLD;
  const isShort = (value: number): boolean => value > base && value < base + IDS_PER_WORLD;
  const number = (value: number): number => {
    if (isShort(value)) return value - base;
    const thousands = Math.floor(value / IDS_PER_WORLD);
    const long = (thousands - base) * IDS_PER_WORLD + (value % IDS_PER_WORLD);
    return isShort(thousands) && isId(long) ? long : value;
  };
  const text = (value: string): string => value.replaceAll(/[1-9]\d*/gu, (digits) => canonicalDigits(digits, number));
  const json = (value: unknown): unknown => {
    if (typeof value === "number") return number(value);
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value as Record<string, Json>).map(([key, member]) => [text(key), json(member)]),
    );
  };
  return {
    text,
    json: <Value>(value: Value) => json(value) as Value,
    localText: (value) =>
      value.replaceAll(/[1-9]\d*/gu, (digits) =>
        isId(Number(digits)) ? String(localId(world, Number(digits))) : digits,
      ),
  };
}

function canonicalDigits(digits: string, number: (value: number) => number): string {
  const value = Number(digits);
  const canonical = number(value);
  return canonical === value ? digits : String(canonical);
}
