/** Which members of an answer are not as expected. Takes expectation and answer; gives paths such as `items.0.price`. */
import type { Json, Pattern } from "../../vocabulary.ts";
import { matches } from "../judge/pattern.ts";

export interface Difference {
  readonly path: string;
  readonly expected: Pattern | undefined;
  readonly served: Json | undefined;
}

/** Leaves only, in the order of the expectation, then what should not be there; the empty path is the whole answer. */
export function differingMembers(expected: Pattern, served: Json, path = ""): Difference[] {
  if (matches(expected, served)) return [];
  if (!isBranch(expected) || !isBranch(served)) return [{ path, expected, served }];
  const names = new Set([...Object.keys(expected), ...Object.keys(served)]);
  return [...names].flatMap((name) => {
    const inner = path === "" ? name : `${path}.${name}`;
    const wanted = memberOf(expected, name);
    const got = memberOf(served, name);
    if (wanted === undefined || got === undefined) return [{ path: inner, expected: wanted, served: got }];
    return differingMembers(wanted, got, inner);
  });
}

function isBranch<Value>(value: Value): value is Value & object {
  return typeof value === "object" && value !== null;
}

function memberOf<Value extends Json | Pattern>(value: Value & object, name: string): Value | undefined {
  return Object.hasOwn(value, name) ? (value as { readonly [name: string]: Value })[name] : undefined;
}
