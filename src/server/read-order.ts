/** A page's order to the service, from the name in its path and its body. Pure; says what is wrong with one. */
import type { ControlOrder } from "../vocabulary.ts";

export type ReadOrder = { readonly order: ControlOrder } | { readonly problem: string };

const FAULTS = ["miss", "false", "error", "hang"] as const;

/** Null: there is no such order. */
export function readOrder(kind: string, body: unknown): ReadOrder | null {
  const given = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  switch (kind as ControlOrder["kind"]) {
    case "look":
      return { order: { kind: "look" } };
    case "clear-cache":
      return { order: { kind: "clear-cache" } };
    case "start-again":
      return { order: { kind: "start-again" } };
    case "write":
      return number(given["count"], [1, 1000], (count) => ({ kind: "write", count }), "count");
    case "stream":
      return number(given["perSecond"], [0, 500], (perSecond) => ({ kind: "stream", perSecond }), "perSecond");
    case "advance":
      return number(given["minutes"], [1, 525_600], (minutes) => ({ kind: "advance", minutes }), "minutes");
    case "outage":
      return outage(given["fault"]);
    default:
      return null;
  }
}

// oxlint-disable-next-line eslint/max-params -- a row of a table: value, bounds, what to make of it, its name
function number(
  value: unknown,
  [low, high]: readonly [number, number],
  make: (value: number) => ControlOrder,
  name: string,
): ReadOrder {
  const fits = typeof value === "number" && Number.isInteger(value) && value >= low && value <= high;
  return fits ? { order: make(value) } : { problem: `${name} must be a whole number from ${low} to ${high}.` };
}

function outage(value: unknown): ReadOrder {
  if (value === null) return { order: { kind: "outage", fault: null } };
  const fault = FAULTS.find((each) => each === value);
  return fault === undefined
    ? { problem: `fault must be null or one of ${FAULTS.join(", ")}.` }
    : { order: { kind: "outage", fault } };
}
