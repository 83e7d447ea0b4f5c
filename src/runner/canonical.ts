/**
 * Ids between a world and its report. Every world has ids of its own, `world × 1000 + n`; people read the canonical `n`.
 * Works on whole numbers inside any text, key or JSON value; knows nothing of tables.
 */
import type { Json } from "../vocabulary.ts";

export const IDS_PER_WORLD = 1000;

/** Worlds are numbered from here on, so that no ordinary number is mistaken for an id. */
export const FIRST_WORLD = 1001;

export interface Canonical {
  text(value: string): string;
  json<Value>(value: Value): Value;
  /** The world's own form of a canonical text, given which `n` are ids in this world. */
  localText(value: string, isId: (n: number) => boolean): string;
}

export function createCanonical(world: number): Canonical {
  const base = world * IDS_PER_WORLD;
  const number = (value: number): number => (value > base && value < base + IDS_PER_WORLD ? value - base : value);
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
    localText: (value, isId) =>
      value.replaceAll(/[1-9]\d*/gu, (digits) => (isId(Number(digits)) ? String(base + Number(digits)) : digits)),
  };
}

function canonicalDigits(digits: string, number: (value: number) => number): string {
  const value = Number(digits);
  const canonical = number(value);
  return canonical === value ? digits : String(canonical);
}
