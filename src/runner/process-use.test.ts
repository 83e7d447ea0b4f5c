/** Stuck, asleep, or only waiting for its turn. */
import { expect, test } from "vitest";
import { isStuck, parseProcessUse, type ProcessUse } from "./process-use.ts";

const use = (processor: number, asleep = false): ProcessUse => ({ processor, asleep });

test("processor time and state are read behind a name that looks like both", () => {
  const rest = "1 1 1 0 -1 4194304 100 0 0 0 150 25 7 7 20 0 11 0 5000 1000 200";
  expect(parseProcessUse(`42 (a) R 99 (b) S ${rest}`)).toEqual({ processor: 1750, asleep: true });
  expect(parseProcessUse(`42 (node) R ${rest}`)).toEqual({ processor: 1750, asleep: false });
});

test("a process that worked for half of its time limit without a word is stuck", () => {
  expect(isStuck({ limit: 2000, atLastWord: 500, before: null, now: use(1500) })).toBe(true);
  expect(isStuck({ limit: 2000, atLastWord: 500, before: null, now: use(1490) })).toBe(false);
});

test("a process that was not let run is not stuck, however long it takes", () => {
  expect(isStuck({ limit: 2000, atLastWord: 0, before: use(100), now: use(100) })).toBe(false);
  expect(isStuck({ limit: 2000, atLastWord: 0, before: use(100, true), now: use(110, true) })).toBe(false);
});

test("a process that sleeps through two looks is stuck", () => {
  expect(isStuck({ limit: 2000, atLastWord: 0, before: null, now: use(100, true) })).toBe(false);
  expect(isStuck({ limit: 2000, atLastWord: 0, before: use(100, true), now: use(100, true) })).toBe(true);
});
