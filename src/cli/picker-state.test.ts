/** Choosing from a list, key by key. */
import { expect, test } from "vitest";
import { pressInPicker } from "./picker-state.ts";

test.each([
  ["down", 0, { kind: "choosing", state: { count: 3, chosen: 1 } }],
  ["j", 2, { kind: "choosing", state: { count: 3, chosen: 0 } }],
  ["up", 0, { kind: "choosing", state: { count: 3, chosen: 2 } }],
  ["k", 1, { kind: "choosing", state: { count: 3, chosen: 0 } }],
  ["return", 1, { kind: "picked", chosen: 1 }],
  ["3", 0, { kind: "picked", chosen: 2 }],
  ["4", 1, { kind: "choosing", state: { count: 3, chosen: 1 } }],
  ["z", 1, { kind: "choosing", state: { count: 3, chosen: 1 } }],
  ["q", 1, { kind: "quit" }],
] as const)("%s with the one at %i chosen", (key, chosen, picked) => {
  expect(pressInPicker({ count: 3, chosen }, key)).toEqual(picked);
});
