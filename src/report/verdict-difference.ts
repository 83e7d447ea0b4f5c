/** Where two JSON values differ, field by field. `expected` may hold patterns; what a pattern allows is no difference. */
import type { Json, Pattern } from "../vocabulary.ts";

export interface Difference {
  /** `total_downloads`, `items[2].name`; empty: the whole value. */
  readonly path: string;
  /** undefined: the field is not there. */
  readonly served: Json | undefined;
  readonly expected: Pattern | undefined;
}

export function differences(served: Json | undefined, expected: Pattern | undefined, path: string = ""): Difference[] {
  if (served !== undefined && expected !== undefined) {
    if (isList(served) && isList(expected)) return listDifferences(served, expected, path);
    if (isRecord(served) && isRecord(expected) && !isWildcard(expected))
      return memberDifferences(served, expected, path);
    if (served === expected || (isRecord(expected) && allows(expected, served))) return [];
  }
  return [{ path, served, expected }];
}

function memberDifferences(served: Members<Json>, expected: Members<Pattern>, path: string): Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(served)])];
  return names.flatMap((name) => differences(served[name], expected[name], path === "" ? name : `${path}.${name}`));
}

function listDifferences(served: readonly Json[], expected: readonly Pattern[], path: string): Difference[] {
  const longer = Array.from({ length: Math.max(served.length, expected.length) });
  return longer.flatMap((_, nth) => differences(served[nth], expected[nth], `${path}[${nth}]`));
}

/** The checker has judged already; this only keeps what it accepted out of sight. */
function allows(wildcard: Members<Pattern>, served: Json): boolean {
  const choice = wildcard["$oneOf"];
  if (Array.isArray(choice)) return choice.includes(served);
  switch (wildcard["$match"]) {
    case "any":
      return true;
    case "integer":
      return Number.isInteger(served);
    case "string":
    case "iso-date":
      return typeof served === "string";
    default:
      return "$inserted" in wildcard && typeof served === "number";
  }
}

type Members<Value> = { readonly [key: string]: Value };

function isWildcard(value: Members<Pattern>): boolean {
  return "$match" in value || "$oneOf" in value || "$inserted" in value;
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

/** `never` lets the members keep the type of the value that is asked about. */
function isRecord(value: Json | Pattern): value is Members<never> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
