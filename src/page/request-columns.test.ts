/** Where each step of the story line stands: by hand-written steps. */
import { describe, expect, test } from "vitest";
import type { NumberedStep } from "../vocabulary.ts";
import { download, numbered, readHit, readMiss } from "./live-story.test-support.ts";
import { requestGroups, type RequestGroup } from "./request-columns.ts";
import { stepTowards } from "./step-keys.ts";

/** Steps in the order in which they happened, each with its request, e.g. `1 arrival`, `2 cache delete key`. */
function story(...lines: readonly string[]): NumberedStep[] {
  return lines.map((line, nth) => {
    const [request = "0", kind = "", operation = "", key = "key"] = line.split(" ");
    const base = { request: Number(request), position: nth + 1, at: nth, duration: nth, kind, operation, key };
    return {
      ...base,
      method: "GET",
      path: "/",
      status: 200,
      hit: false,
      sql: "",
      params: [],
      reads: [],
    } as unknown as NumberedStep;
  });
}

function rowsOf(groups: readonly RequestGroup[]): Record<number, number[]>[] {
  return groups.map(({ columns }) =>
    Object.fromEntries(columns.map(({ request, cells }) => [request, cells.map(({ row }) => row)])),
  );
}

describe("one request after the other", () => {
  test("each stands alone, its steps below each other, its arrival in the heading", () => {
    const groups = requestGroups(numbered([readMiss(), download(1), readHit()]), 10);
    expect(rowsOf(groups)).toEqual([{ 1: [0, 1, 2, 3] }, { 2: [0, 1, 2] }, { 3: [0, 1] }]);
    expect(groups.map(({ columns }) => columns[0])).toMatchObject([
      { hit: false, duration: 392, arrival: { method: "GET" } },
      { hit: null, duration: 19, arrival: { method: "POST" } },
      { hit: true, duration: 0.8 },
    ]);
  });

  test("of many, the newest are drawn", () => {
    const steps = numbered(Array.from({ length: 50 }, readHit));
    expect(requestGroups(steps, 3).map(({ columns }) => columns[0]?.request)).toEqual([48, 49, 50]);
  });

  test("one whose arrival is forgotten is left out", () => {
    const steps = numbered([readMiss(), readHit()]).slice(2);
    expect(requestGroups(steps, 10).map(({ columns }) => columns[0]?.request)).toEqual([2]);
  });

  test("what happens outside any request stands alone", () => {
    const groups = requestGroups(story("0 cache clear", "0 cache clear", "1 arrival", "1 answer"), 10);
    expect(rowsOf(groups)).toEqual([{ 0: [0] }, { 0: [0] }, { 1: [0] }]);
  });
});

describe("requests that overlap", () => {
  test("share a group, and a step that meets an earlier one of the other stands below it", () => {
    const groups = requestGroups(
      story("1 arrival", "2 arrival", "1 cache get", "2 cache delete", "1 cache set", "1 answer", "2 answer"),
      10,
    );
    expect(rowsOf(groups)).toEqual([{ 1: [0, 1, 3, 4], 2: [0, 2, 3] }]);
    expect(groups[0]?.rows).toBe(5);
  });

  test("share rows where they do not concern each other", () => {
    const separate = story("1 arrival", "2 arrival", "1 cache get a", "2 cache delete b", "1 answer", "2 answer");
    expect(rowsOf(requestGroups(separate, 10))).toEqual([{ 1: [0, 1, 2], 2: [0, 1, 2] }]);
  });

  test("a row that is written stands below an earlier reading, and the other way round", () => {
    const steps = story(
      "1 arrival",
      "2 arrival",
      "1 database get",
      "2 database run",
      "1 database get",
      "2 answer",
      "1 answer",
    );
    expect(rowsOf(requestGroups(steps, 10))).toEqual([{ 1: [0, 1, 3, 4], 2: [0, 2, 3] }]);
  });

  test("two writes of different requests may share a row", () => {
    const steps = story("1 arrival", "2 arrival", "1 database run", "2 database run", "1 answer", "2 answer");
    expect(rowsOf(requestGroups(steps, 10))).toEqual([{ 1: [0, 1, 2], 2: [0, 1, 2] }]);
  });

  test("who arrives after an answer stands below it", () => {
    const steps = story("1 arrival", "2 arrival", "1 answer", "3 arrival", "2 answer", "3 answer");
    expect(rowsOf(requestGroups(steps, 10))).toEqual([{ 1: [0, 1], 2: [0, 1], 3: [2, 3] }]);
  });

  test("a request that is not answered yet takes in all that follow", () => {
    const groups = requestGroups(story("1 arrival", "2 arrival", "2 answer", "3 arrival", "3 answer"), 10);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.columns.map(({ duration }) => duration)).toEqual([null, 2, 4]);
  });
});

describe("the arrow keys", () => {
  const columns = requestGroups(numbered([readMiss(), readHit()]), 10).flatMap((group) => group.columns);

  test.each([
    ["ArrowDown", 2, 3],
    ["ArrowUp", 3, 2],
    ["ArrowUp", 2, 2],
    ["ArrowDown", 5, 5],
    ["ArrowRight", 2, 7],
    ["ArrowRight", 5, 8],
    ["ArrowLeft", 8, 3],
    ["ArrowLeft", 2, null],
    ["Home", 8, 2],
    ["End", 2, 7],
    ["a", 2, null],
  ] as const)("%s goes from step %i to %s", (key, from, to) => {
    expect(stepTowards(key, columns, from)).toBe(to);
  });

  test("where nothing was looked at yet, they begin at the first step", () => {
    expect(stepTowards("ArrowRight", columns, null)).toBe(2);
  });
});
