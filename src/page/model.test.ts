/** What the page keeps of what it hears: by hand-written messages. */
import { describe, expect, test } from "vitest";
import type { LiveFrame, LiveState } from "../vocabulary.ts";
import { MORNING, numbered, readHit, readMiss, stateOf } from "./live-story.test-support.ts";
import { after, type Model, NOTHING_YET } from "./model.ts";

const point = { at: MORNING, shown: 15, actual: 15 };

test("a snapshot replaces what was known, and a frame adds to it", () => {
  const first = heard(NOTHING_YET, { steps: numbered([readMiss()]), points: [point] });
  const steps = numbered([readMiss(), readHit()]);
  const next = told(first, { steps: steps.slice(5), points: [{ ...point, actual: 16 }], state: null });
  expect(next.steps.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(next.points.map(({ actual }) => actual)).toEqual([15, 16]);
  expect(heard(next, { steps: steps.slice(0, 2), points: [] })).toMatchObject({ points: [], steps: { length: 2 } });
});

test("a step that is told twice is kept once", () => {
  const steps = numbered([readMiss()]);
  const model = told(heard(NOTHING_YET, { steps: steps.slice(0, 3), points: [] }), { steps, points: [], state: null });
  expect(model.steps).toEqual(steps);
});

test("without a state in the frame, the one before stays, with the time at which it came", () => {
  const known = heard(NOTHING_YET, { steps: [], points: [] }, 40).known;
  const model: Model = { ...NOTHING_YET, known };
  expect(told(model, { steps: [], points: [], state: null }, 90).known).toBe(known);
  expect(told(model, { steps: [], points: [], state: stateOf() }, 90).known).toMatchObject({ receivedAt: 90 });
});

test("a rate that changes while no figure does is drawn from the state", () => {
  const rate = (writesPerMinute: number): LiveState =>
    stateOf({ traffic: { stream: 0, inFlight: 0, writesPerMinute } });
  const first = told(NOTHING_YET, { steps: [], points: [{ ...point, writesPerMinute: 3 }], state: rate(3) });
  expect(first.points).toHaveLength(1);
  const next = told(first, { steps: [], points: [], state: rate(2) });
  expect(next.points.at(-1)).toEqual({ at: MORNING, shown: 15, actual: 15, awaitsLook: false, writesPerMinute: 2 });
  expect(told(next, { steps: [], points: [], state: rate(2) }).points).toHaveLength(2);
});

test("a point that comes without a rate has that of the state", () => {
  const traffic = { stream: 0, inFlight: 0, writesPerMinute: 7 };
  const model = told(NOTHING_YET, { steps: [], points: [point], state: stateOf({ traffic }) });
  expect(model.points).toEqual([{ ...point, writesPerMinute: 7 }]);
});

test("of a long story the newest part is kept", () => {
  const steps = numbered(Array.from({ length: 1000 }, readHit));
  const model = heard(NOTHING_YET, { steps, points: [] });
  expect(model.steps).toHaveLength(1500);
  expect(model.steps.at(-1)?.position).toBe(3000);
});

test("the connection is lost and found, and what was known is not forgotten", () => {
  const live = heard(NOTHING_YET, { steps: [], points: [point] });
  const lost = after(live, { kind: "lost" });
  expect(lost).toEqual({ ...live, connection: "lost" });
  expect(after(lost, { kind: "opened" })).toEqual(live);
});

describe("poison that no fix heals", () => {
  const gap = (hidden: number): Pick<LiveState, "figures"> => ({ figures: { ...stateOf().figures, gap: hidden } });
  const poisoned = stateTold(NOTHING_YET, { poisonedBeforeFix: true, ...gap(20) });
  const cleared = stateTold(poisoned, gap(21));
  const gone = stateTold(cleared, gap(0));

  test("is gone when somebody has looked and nothing was hidden", () => {
    expect([poisoned, cleared, gone].map(({ poison }) => poison)).toEqual(["there", "there", "gone"]);
  });

  test("stays gone until something is hidden again, or other handlers run", () => {
    expect(stateTold(gone, gap(0)).poison).toBe("gone");
    expect(stateTold(gone, gap(1)).poison).toBe("none");
    expect(stateTold(gone, { ...gap(0), handlers: { ...stateOf().handlers, version: 2 } }).poison).toBe("none");
  });

  test("is not told of where there was none, nor after a new beginning", () => {
    expect(stateTold(NOTHING_YET, gap(0)).poison).toBe("none");
    expect(heard(poisoned, { steps: [], points: [] }).poison).toBe("none");
  });
});

function heard(model: Model, rest: Pick<LiveFrame, "steps" | "points">, receivedAt = 0): Model {
  return after(model, { kind: "snapshot", snapshot: { state: stateOf(), ...rest }, receivedAt });
}

function told(model: Model, frame: LiveFrame, receivedAt = 0): Model {
  return after(model, { kind: "frame", frame, receivedAt });
}

function stateTold(model: Model, changes: Partial<LiveState>): Model {
  return told(model, { steps: [], points: [], state: stateOf(changes) });
}
