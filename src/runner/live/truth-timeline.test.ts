import { expect, test } from "vitest";
import type { RequestSpec, TruthReader } from "../../vocabulary.ts";
import { createTruthTimeline } from "./truth-timeline.ts";

const read: RequestSpec = { route: "price", path: "/price" };

function priced(): { timeline: ReturnType<typeof createTruthTimeline>; pass(now: number, price?: number): void } {
  const state = { now: 0, price: 10 };
  const timeline = createTruthTimeline({
    truth: () => ({ status: 200, body: { price: state.price } }),
    db: {} as TruthReader,
    now: () => state.now,
    reads: [read],
  });
  return {
    timeline,
    pass: (now, price) => {
      state.now = now;
      if (price === undefined) return;
      state.price = price;
      timeline.committed();
    },
  };
}

function answer(price: number, arrived: number): { status: number; body: { price: number }; arrived: number } {
  return { status: 200, body: { price }, arrived };
}

test("an answer is as stale as the time since it stopped being true", () => {
  const { timeline, pass } = priced();
  pass(100, 11);
  pass(400, 12);
  pass(500);
  expect(timeline.staleness(read, answer(12, 500))).toBe(0);
  expect(timeline.staleness(read, answer(11, 500))).toBe(100);
  expect(timeline.staleness(read, answer(10, 500))).toBe(400);
});

test("what was true when the request arrived is not stale, though a write has overtaken it", () => {
  const { timeline, pass } = priced();
  pass(100, 11);
  pass(150);
  expect(timeline.staleness(read, answer(10, 90))).toBe(0);
  expect(timeline.staleness(read, answer(10, 101))).toBe(50);
});

test("a value that comes back counts from its last time, and a commit that changes nothing ends nothing", () => {
  const { timeline, pass } = priced();
  pass(100, 11);
  pass(200, 10);
  pass(300, 10);
  pass(400, 12);
  pass(450);
  expect(timeline.staleness(read, answer(10, 450))).toBe(50);
});

test("what was never true is not stale but wrong", () => {
  const { timeline } = priced();
  expect(timeline.staleness(read, answer(99, 0))).toBeNull();
  expect(timeline.staleness(read, { status: 404, body: { price: 10 }, arrived: 0 })).toBeNull();
});
