import { expect, test } from "vitest";
import type { Outcome } from "../src/vocabulary.ts";
import type { Answer } from "./oracle.ts";
import { openTimeline } from "./timeline.ts";

/** Two reads: a price, and a list of two prices. */
function moment(price: number, other = 0): Outcome[] {
  return [costs(price), { status: 200, body: [price, other] }];
}

function costs(price: number): Answer {
  return { status: 200, body: { price } };
}

const GONE = { status: 404, body: "gone" };

test("what was true before an acknowledged write is stale for a read that was sent after it", () => {
  const timeline = openTimeline(moment(5));
  timeline.acknowledged(moment(6));
  const isStale = timeline.sent(0);
  expect(isStale(costs(5), costs(6))).toBe(true);
  expect(isStale(costs(6), costs(6))).toBe(false);
});

test("a read may show whatever was true since it was sent", () => {
  const timeline = openTimeline(moment(5));
  timeline.acknowledged(moment(6));
  const isStale = timeline.sent(0);
  timeline.acknowledged(moment(7));
  timeline.acknowledged(moment(8));
  expect([5, 6, 7, 8].filter((price) => isStale(costs(price), costs(8)))).toEqual([5]);
});

test("before the acknowledgement, old and new will do", () => {
  const timeline = openTimeline(moment(5));
  const isStale = timeline.sent(0);
  expect(isStale(costs(5), costs(6))).toBe(false);
  expect(isStale(costs(6), costs(6))).toBe(false);
});

test("what is true again is not stale", () => {
  const timeline = openTimeline(moment(5));
  timeline.acknowledged(moment(6));
  const isStale = timeline.sent(0);
  expect(isStale(costs(5), costs(5))).toBe(false); // the next write is committed and not acknowledged
  timeline.acknowledged(moment(5));
  timeline.acknowledged(moment(6));
  expect(isStale(costs(5), costs(6))).toBe(false);
});

test("what was true at no moment is not called stale", () => {
  const timeline = openTimeline(moment(5));
  timeline.acknowledged(moment(6, 1));
  const isStale = timeline.sent(1);
  expect(isStale({ status: 200, body: [5, 1] }, moment(6, 1)[1] ?? GONE)).toBe(false);
  expect(isStale({ status: 200, body: [5, 0] }, moment(6, 1)[1] ?? GONE)).toBe(true);
});

test("a product that is gone and one that is back are told apart by their status", () => {
  const timeline = openTimeline([{ status: 404 }]);
  timeline.acknowledged([costs(5)]);
  expect(timeline.sent(0)(GONE, costs(5))).toBe(true);
  timeline.acknowledged([{ status: 404 }]);
  expect(timeline.sent(0)(costs(5), { status: 404 })).toBe(true);
});

test("another program's write binds nobody before jobs have told of it", () => {
  const timeline = openTimeline(moment(5));
  timeline.unheard(moment(6));
  const early = timeline.sent(0);
  expect(early(costs(5), costs(6))).toBe(false);
  const end = timeline.jobsBegin();
  expect(timeline.sent(0)(costs(5), costs(6))).toBe(false);
  end();
  expect(timeline.sent(0)(costs(5), costs(6))).toBe(true);
  expect(early(costs(5), costs(6))).toBe(false); // it was sent before the end
});

test("a run of jobs tells of what was written before it began, and of nothing later", () => {
  const timeline = openTimeline(moment(5));
  timeline.unheard(moment(6));
  const end = timeline.jobsBegin();
  timeline.unheard(moment(7));
  end();
  expect([5, 6, 7].filter((price) => timeline.sent(0)(costs(price), costs(7)))).toEqual([5]);
});

test("as long as one write is unheard of, the acknowledged ones after it bind nobody either", () => {
  const timeline = openTimeline(moment(4));
  timeline.acknowledged(moment(5));
  timeline.unheard(moment(6));
  timeline.acknowledged(moment(7));
  expect([4, 5, 6, 7].filter((price) => timeline.sent(0)(costs(price), costs(7)))).toEqual([4]);
  timeline.jobsBegin()();
  expect([4, 5, 6, 7].filter((price) => timeline.sent(0)(costs(price), costs(7)))).toEqual([4, 5, 6]);
});
