/**
 * Compares what came with what is expected. Takes a Pattern (JSON in which `$match`, `$oneOf` and `$inserted` stand for
 * values not known beforehand) and a value; gives a yes or no. Order of object members never counts. Knows no history.
 */
import type { Json, Pattern, SqlValue } from "../../vocabulary.ts";

type Value = Json | SqlValue | undefined;
type Wildcard = Extract<Pattern, { readonly $match: unknown } | { readonly $oneOf: unknown }>;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Deep equality, wildcards aside. An `$inserted` id matches any id here; `insertedIds` collects it for the row check. */
export function matches(pattern: Pattern, value: Value): boolean {
  if (pattern === value) return true;
  if (typeof pattern !== "object" || pattern === null) return typeof value === "bigint" && Number(value) === pattern;
  if (isWildcard(pattern)) return matchesWildcard(pattern, value);
  if (isInserted(pattern)) return typeof value === "number" || typeof value === "string";
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return false;
  if (Array.isArray(pattern)) return Array.isArray(value) && matchesArray(pattern, value);
  return !Array.isArray(value) && matchesMembers(pattern as Members<Pattern>, value as Members<Json>);
}

/** Whether two expectations are the same one. */
export function samePattern(left: Pattern | undefined, right: Pattern | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  const other = right as Members<Pattern>;
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) => Object.hasOwn(right, name) && samePattern((left as Members<Pattern>)[name], other[name]),
  );
}

/**
 * Whether a value that a request recorded is what `pattern` asks for, given when the request came and when it was
 * answered, both in milliseconds since 1970. `now` is compared in whole seconds: some services keep no more, and
 * others put a second write of one millisecond into the next, so that times also tell the order.
 */
export function matchesThen(pattern: Pattern, value: Value, [from, to]: readonly [number, number]): boolean {
  if (!matches(pattern, value)) return false;
  const isTime = typeof pattern === "object" && pattern !== null && "$match" in pattern && pattern.$match === "now";
  if (!isTime || typeof value !== "string") return true;
  const second = Math.floor(timeOf(value) / 1000);
  return second >= Math.floor(from / 1000) && second <= Math.floor(to / 1000);
}

/** Same members and the same kinds of value, whatever the values; null may stand for any scalar. */
export function isWellShaped(pattern: Pattern, value: Value): boolean {
  if (value === undefined) return false;
  if (typeof pattern === "object" && pattern !== null) {
    if (isWildcard(pattern) || isInserted(pattern)) return value === null || matches(pattern, value);
    if (typeof value !== "object" || value === null) return false;
    if (Array.isArray(pattern)) return Array.isArray(value) && isWellShapedArray(pattern, value);
    return !Array.isArray(value) && hasShapedMembers(pattern as Members<Pattern>, value as Members<Json>);
  }
  if (pattern === null) return typeof value !== "object" || value === null;
  return value === null || typeof value === typeof pattern;
}

/** The ids that a response claims to have inserted, with their tables. */
export function insertedIds(
  pattern: Pattern,
  value: Value,
): readonly { readonly table: string; readonly id: SqlValue }[] {
  if (typeof pattern !== "object" || pattern === null) return [];
  if (isInserted(pattern))
    return typeof value === "number" || typeof value === "string" ? [{ table: pattern.$inserted, id: value }] : [];
  if (isWildcard(pattern) || typeof value !== "object" || value === null) return [];
  return Object.entries(pattern as Members<Pattern>).flatMap(([name, member]) =>
    insertedIds(member, (value as Members<Json>)[name]),
  );
}

type Members<T> = { readonly [name: string]: T };

export function isWildcard(pattern: Pattern): pattern is Wildcard {
  return typeof pattern === "object" && pattern !== null && ("$match" in pattern || "$oneOf" in pattern);
}

function isInserted(pattern: Pattern): pattern is { readonly $inserted: string } {
  return typeof pattern === "object" && pattern !== null && "$inserted" in pattern;
}

function matchesWildcard(pattern: Wildcard, value: Value): boolean {
  if ("$oneOf" in pattern) return typeof value === "string" && pattern.$oneOf.includes(value);
  switch (pattern.$match) {
    case "any":
      return value !== undefined;
    case "integer":
      return typeof value === "bigint" || Number.isInteger(value);
    case "string":
      return typeof value === "string";
    case "date-time":
    case "now":
      return typeof value === "string" && DATE_TIME.test(value) && !Number.isNaN(timeOf(value));
    default:
      return pattern.$match satisfies never;
  }
}

function timeOf(text: string): number {
  // oxlint-disable-next-line eslint/no-restricted-globals -- takes a text apart and reads no clock
  return Date.parse(text);
}

function matchesArray(pattern: readonly Pattern[], value: readonly Json[]): boolean {
  return pattern.length === value.length && pattern.every((item, index) => matches(item, value[index]));
}

function matchesMembers(pattern: Members<Pattern>, value: Members<Json>): boolean {
  let expected = 0;
  for (const name in pattern) {
    expected += 1;
    const member = pattern[name];
    if (member === undefined || !Object.hasOwn(value, name) || !matches(member, value[name])) return false;
  }
  return Object.keys(value).length === expected;
}

function isWellShapedArray(pattern: readonly Pattern[], value: readonly Json[]): boolean {
  if (pattern.length === 0) return true;
  return value.every((item) => pattern.some((expected) => isWellShaped(expected, item)));
}

function hasShapedMembers(pattern: Members<Pattern>, value: Members<Json>): boolean {
  const names = Object.keys(pattern);
  if (names.length !== Object.keys(value).length) return false;
  return names.every((name) => isWellShaped(pattern[name] ?? null, value[name]));
}
