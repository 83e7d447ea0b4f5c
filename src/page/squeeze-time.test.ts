/** The chart's time axis, where the service's clock is moved. */
import { expect, test } from "vitest";
import { chartData } from "./chart-data.ts";
import { squeezeTime, timeAt } from "./squeeze-time.ts";

const HOUR = 3_600_000;

test("time that passes is drawn to scale", () => {
  expect(squeezeTime([1000, 2000, 32_000])).toEqual({ seconds: [0, 1, 31], leaps: [] });
});

test("an hour that is skipped takes the room of a few seconds, and is told", () => {
  expect(squeezeTime([0, 1000, 1000 + HOUR, 3000 + HOUR])).toEqual({
    seconds: [0, 1, 5, 7],
    leaps: [{ second: 5, by: HOUR }],
  });
});

test("a clock that is set back goes on to the right", () => {
  expect(squeezeTime([HOUR, HOUR + 1000, 500])).toEqual({
    seconds: [0, 1, 5],
    leaps: [{ second: 5, by: 500 - HOUR - 1000 }],
  });
});

test("a place on the axis has the time of the last point before it, and what passed since", () => {
  const times = [0, 1000, 1000 + HOUR];
  const { seconds } = squeezeTime(times);
  expect([0, 0.5, 5, 6].map((second) => timeAt(second, seconds, times))).toEqual([0, 500, 1000 + HOUR, 2000 + HOUR]);
  expect(timeAt(-1, seconds, times)).toBeNull();
});

test("the last figures hold until now, and what awaits a look is no gap", () => {
  const points = [
    { at: 0, shown: null, actual: 15 },
    { at: 2000, shown: 15, actual: 16, writesPerMinute: 1 },
  ];
  expect(chartData(points, 5000)).toMatchObject({
    figures: [
      [0, 2, 5],
      [null, 15, 15],
      [15, 16, 16],
      [null, 15, 15],
    ],
    writes: [
      [0, 2, 5],
      [null, 1, 1],
    ],
  });
  expect(chartData(points, 1000).figures[0]).toEqual([0, 2]);
  expect(chartData([], 1000).figures).toEqual([[], [], [], []]);
  const waiting = { at: 3000, shown: 15, actual: 17, awaitsLook: true };
  expect(chartData([...points, waiting], 3000).figures.slice(1)).toEqual([
    [null, 15, 15],
    [15, 16, 17],
    [null, 15, 17],
  ]);
});
