/** What is shown together and what at once, by a clock that the test moves. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./pace.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what comes in quick succession is shown together, four times a second, and nothing is left out", () => {
  const shown: number[][] = [];
  const pacer = paced<number>((values) => void shown.push([...values]));
  for (let value = 0; value < 10; value += 1) {
    pacer.take(value);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(1000);
  expect(shown.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(shown.length).toBeLessThanOrEqual(5);
});

test("what comes after a silence is not held back", () => {
  const shown: string[] = [];
  const pacer = paced<string>((values) => void shown.push(...values));
  pacer.take("first");
  vi.advanceTimersByTime(0);
  expect(shown).toEqual(["first"]);
  vi.advanceTimersByTime(5000);
  pacer.take("second");
  vi.advanceTimersByTime(0);
  expect(shown).toEqual(["first", "second"]);
});

test("what is urgent is shown now, after what came before it", () => {
  const shown: string[][] = [];
  const pacer = paced<string>((values) => void shown.push([...values]));
  pacer.takeAtOnce("opened");
  pacer.take("frame");
  pacer.takeAtOnce("lost");
  expect(shown).toEqual([["opened"], ["frame", "lost"]]);
  vi.advanceTimersByTime(1000);
  expect(shown).toHaveLength(2);
});

test("what waits when it is stopped is dropped", () => {
  const shown: string[][] = [];
  const pacer = paced<string>((values) => void shown.push([...values]));
  pacer.takeAtOnce("opened");
  pacer.take("frame");
  pacer.stop();
  vi.advanceTimersByTime(1000);
  expect(shown).toEqual([["opened"]]);
});
