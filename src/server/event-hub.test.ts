/** What a page is told: once each, in order, all of it or else everything from the beginning. */
import { expect, test } from "vitest";
import type { LiveFrame, LivePoint, LiveSnapshot, LiveStep } from "../vocabulary.ts";
import { createEventHub, type EventHub } from "./event-hub.ts";
import { createRing } from "./ring.ts";
import { stateOf } from "./served.test-support.ts";

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly positions: readonly number[];
  readonly actual: readonly number[];
  readonly state: number | null;
}

function heard(message: string | null): Heard | null {
  if (message === null) return null;
  const [, id = "", event = "", data = ""] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/u.exec(message) ?? [];
  const { steps, points, state } = JSON.parse(data) as LiveSnapshot | LiveFrame;
  return {
    id,
    event,
    positions: steps.map(({ position }) => position),
    actual: points.map(({ actual }) => actual),
    state: state?.figures.actual ?? null,
  };
}

const arrival = (request: number): LiveStep => ({
  kind: "arrival",
  request,
  at: 0,
  duration: 0,
  method: "GET",
  path: "/",
});
const point = (actual: number): LivePoint => ({ at: 0, shown: null, actual });

function tell(hub: EventHub, count: number): void {
  for (let n = 0; n < count; n += 1) hub.step(arrival(n));
}

test("a frame has what happened since the one before, and there is none when nothing did", () => {
  const hub = createEventHub("b");
  expect(hub.frame(null)).toBeNull();
  tell(hub, 2);
  hub.point(point(15));
  expect(heard(hub.frame(null))).toEqual({ id: "b-2-1", event: "frame", positions: [1, 2], actual: [15], state: null });
  expect(heard(hub.frame(stateOf(7)))).toEqual({ id: "b-2-1", event: "frame", positions: [], actual: [], state: 7 });
  tell(hub, 1);
  hub.skip();
  tell(hub, 1);
  expect(heard(hub.frame(null))).toMatchObject({ id: "b-4-1", positions: [4] });
});

test("who was away hears what was missed, whichever frames it was told in", () => {
  const hub = createEventHub("b");
  tell(hub, 3);
  hub.point(point(1));
  const known = heard(hub.frame(null))?.id ?? "";
  tell(hub, 2);
  hub.frame(null);
  hub.point(point(2));
  expect(heard(hub.since(known, stateOf(9)))).toEqual({
    id: "b-5-2",
    event: "frame",
    positions: [4, 5],
    actual: [2],
    state: 9,
  });
  expect(heard(hub.since("b-5-2", stateOf(9)))).toMatchObject({ positions: [], actual: [], state: 9 });
});

test.each(["c-3-0", "b-9-0", "b-3-1", "b-3", "b--3-0", "b-3-0-0", "", "b-3-x", "b-1e1-0"])(
  "the id %j is none of ours, or of what never was",
  (id) => {
    const hub = createEventHub("b");
    tell(hub, 3);
    expect(hub.since(id, stateOf(0))).toBeNull();
  },
);

test("who was away for too long begins anew, and so does everybody after a new beginning", () => {
  const hub = createEventHub("b");
  tell(hub, 10_001);
  expect(hub.since("b-0-0", stateOf(0))).toBeNull();
  expect(heard(hub.since("b-1-0", stateOf(0)))?.positions).toHaveLength(10_000);
  hub.clear();
  tell(hub, 1);
  expect(hub.since("b-1-0", stateOf(0))).toBeNull();
  expect(heard(hub.snapshot(stateOf(4)))).toEqual({
    id: "b-10002-0",
    event: "snapshot",
    positions: [10_002],
    actual: [],
    state: 4,
  });
});

test("a snapshot has the newest steps only, and one that is very long is cut", () => {
  const hub = createEventHub("b");
  tell(hub, 1000);
  hub.step({ kind: "cache", request: 1, at: 0, duration: 0, operation: "set", key: "k", value: ["x".repeat(100_000)] });
  const message = hub.snapshot(stateOf(0));
  expect(heard(message)?.positions.at(0)).toBe(602);
  expect(heard(message)?.positions.at(-1)).toBe(1001);
  expect(message).toContain(`["${"x".repeat(500)}…"]`);
  expect(message).not.toContain("x".repeat(501));
});

test("a ring keeps the newest, with their places", () => {
  const ring = createRing<string>(3);
  expect([ring.last, ring.newest(5), ring.since(0)]).toEqual([0, [], []]);
  for (const letter of "abcde") ring.push(letter);
  expect([ring.last, ring.newest(2), ring.newest(9)]).toEqual([5, ["d", "e"], ["c", "d", "e"]]);
  expect([1, 2, 4, 5, 6].map((place) => ring.since(place))).toEqual([null, ["c", "d", "e"], ["e"], [], null]);
  ring.clear();
  expect([ring.last, ring.newest(9), ring.since(5), ring.since(4)]).toEqual([5, [], [], null]);
  expect(ring.push("f")).toBe(6);
  expect(ring.since(5)).toEqual(["f"]);
});
