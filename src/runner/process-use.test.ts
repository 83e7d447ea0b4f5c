/** Stuck, asleep, or only waiting for its turn. */
import { expect, test } from "vitest";
import { isStuck, parseProcessUse, type ProcessUse } from "./process-use.ts";

const MEGABYTE = 1024 * 1024;
const use = (processor: number, asleep = false, megabytes = 50): ProcessUse => ({
  processor,
  asleep,
  resident: megabytes * MEGABYTE,
});

const alone = { limit: 2000, waitsForOthers: false };

test("processor time and state are read behind a name that looks like both", () => {
  const rest = "1 1 1 0 -1 4194304 100 0 0 0 150 25 7 7 20 0 11 0 5000 1000 200";
  expect(parseProcessUse(`42 (a) R 99 (b) S ${rest}`)).toEqual({ processor: 1750, asleep: true, resident: 819_200 });
  expect(parseProcessUse(`42 (node) R ${rest}`)).toEqual({ processor: 1750, asleep: false, resident: 819_200 });
});

test("a process that worked for half of its time limit without a word is stuck", () => {
  expect(isStuck({ ...alone, atLastWord: use(500), before: null, now: use(1500) })).toBe(true);
  expect(isStuck({ ...alone, atLastWord: use(500), before: null, now: use(1490) })).toBe(false);
});

test("a process that was not let run is not stuck, however long it takes", () => {
  expect(isStuck({ ...alone, atLastWord: use(0), before: use(100), now: use(100) })).toBe(false);
  expect(isStuck({ ...alone, atLastWord: use(0), before: use(100, true), now: use(110, true) })).toBe(false);
});

test("a process that fills its memory gets the time to reach the end of it", () => {
  const working = { ...alone, atLastWord: use(0), before: null };
  expect(isStuck({ ...working, now: use(3990, false, 90) })).toBe(false);
  expect(isStuck({ ...working, now: use(3990, false, 80) })).toBe(true);
  expect(isStuck({ ...working, now: use(4000, false, 90) })).toBe(true);
});

test("a process that sleeps through two looks is stuck", () => {
  expect(isStuck({ ...alone, atLastWord: use(0), before: null, now: use(100, true) })).toBe(false);
  expect(isStuck({ ...alone, atLastWord: use(0), before: use(100, true), now: use(100, true) })).toBe(true);
});

test("a process that waits for others may sleep, but not work without a word", () => {
  const waiting = { ...alone, waitsForOthers: true, atLastWord: use(0), before: use(100, true) };
  expect(isStuck({ ...waiting, now: use(100, true) })).toBe(false);
  expect(isStuck({ ...waiting, now: use(1000, true) })).toBe(true);
});
