/** Whether an answer's body is what a scenario's truth describes. Pure; the order of an object's members does not count. */
import type { Json, Pattern } from "../../vocabulary.ts";

export function matchesPattern(pattern: Pattern, value: Json | undefined): boolean {
  if (typeof pattern !== "object" || pattern === null) return pattern === value;
  if (value === undefined) return false;
  if (Array.isArray(pattern)) return matchesList(pattern, value);
  if ("$match" in pattern) return isOfKind(pattern["$match"], value);
  if ("$oneOf" in pattern) return Array.isArray(pattern["$oneOf"]) && pattern["$oneOf"].includes(value);
  if ("$inserted" in pattern) return Number.isSafeInteger(value);
  return matchesMembers(pattern as Readonly<Record<string, Pattern>>, value);
}

function matchesList(pattern: readonly Pattern[], value: Json): boolean {
  if (!Array.isArray(value) || value.length !== pattern.length) return false;
  return pattern.every((each, position) => matchesPattern(each, value[position] as Json));
}

function matchesMembers(pattern: Readonly<Record<string, Pattern>>, value: Json): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const members = value as Readonly<Record<string, Json>>;
  const names = Object.keys(pattern);
  if (names.length !== Object.keys(members).length) return false;
  return names.every((name) => matchesPattern(pattern[name] ?? null, members[name]));
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/u;

function isOfKind(kind: unknown, value: Json): boolean {
  if (kind === "integer") return Number.isSafeInteger(value);
  if (kind === "string") return typeof value === "string";
  if (kind === "date-time" || kind === "now") return typeof value === "string" && DATE_TIME.test(value);
  return true;
}
