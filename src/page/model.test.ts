/** What the page keeps of what it hears: by hand-written messages. */
import { expect, test } from "vitest";
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

test("poison that goes is told until something is hidden again or other handlers run", () => {
  const gap = (hidden: number): LiveState["figures"] => ({ ...stateOf().figures, gap: hidden });
  const poisoned = stateTold(NOTHING_YET, { poisonedBeforeFix: true, figures: gap(20) });
  expect(poisoned.healed).toBe(false);
  const healed = stateTold(poisoned, { figures: gap(0) });
  expect(healed.healed).toBe(true);
  expect(stateTold(healed, { figures: gap(0) }).healed).toBe(true);
  expect(stateTold(healed, { figures: gap(1) }).healed).toBe(false);
  const other = { ...stateOf().handlers, version: 2 };
  expect(stateTold(healed, { figures: gap(0), handlers: other }).healed).toBe(false);
});

test("poison that goes while something is still hidden is no healing", () => {
  const poisoned = stateTold(NOTHING_YET, { poisonedBeforeFix: true });
  expect(stateTold(poisoned, { figures: { ...stateOf().figures, gap: 3 } }).healed).toBe(false);
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
