import { describe, expect, test } from "vitest";
import { isTrue, judgeFigure, learnGrowth, openLedger } from "./oracle.ts";

describe("isTrue", () => {
  const truth = { status: 200, body: { total: 3, name: "Atlas" } };

  test("takes members in any order, and no other value", () => {
    expect(isTrue({ status: 200, body: { name: "Atlas", total: 3 } }, truth)).toBe(true);
    expect(isTrue({ status: 200, body: { name: "Atlas", total: 2 } }, truth)).toBe(false);
    expect(isTrue({ status: 200, body: { name: "Atlas", total: 3, more: 1 } }, truth)).toBe(false);
  });

  test("takes what the truth leaves open", () => {
    const open = { status: 200, body: { total: 3, cache_status: { $oneOf: ["hit", "miss"] } } };
    expect(isTrue({ status: 200, body: { total: 3, cache_status: "hit" } }, open)).toBe(true);
    expect(isTrue({ status: 200, body: { total: 3, cache_status: "maybe" } }, open)).toBe(false);
    expect(isTrue({ status: 200, body: { total: 2, cache_status: "hit" } }, open)).toBe(false);
  });

  test("asks for the status, and for no body where the truth leaves it open", () => {
    expect(isTrue({ status: 404, body: { total: 3, name: "Atlas" } }, truth)).toBe(false);
    expect(isTrue({ status: 404, body: "gone" }, { status: 404 })).toBe(true);
  });
});

describe("learnGrowth", () => {
  test("is what each write adds to each read", () => {
    const alone = [
      { write: 0, before: [5, 1], after: [6, 1] },
      { write: 1, before: [6, 1], after: [6, 3] },
      { write: 0, before: [6, 3], after: [7, 3] },
    ];
    expect(learnGrowth(alone)).toEqual([
      [1, 0],
      [0, 2],
    ]);
  });

  test("is null when numbers cannot be counted on", () => {
    const uneven = [
      { write: 0, before: [5], after: [6] },
      { write: 0, before: [6], after: [8] },
    ];
    expect(learnGrowth(uneven)).toBeNull();
    expect(learnGrowth([{ write: 0, before: [5], after: [4] }])).toBeNull();
    expect(learnGrowth([{ write: 0, before: [5], after: [5] }])).toBeNull();
    expect(learnGrowth([{ write: 0, before: [null], after: [null] }])).toBeNull();
  });

  test("counts the reads that show a number beside those that show none", () => {
    expect(learnGrowth([{ write: 0, before: [5, null], after: [6, null] }])).toEqual([[1, 0]]);
  });
});

describe("a burst that begins at 15", () => {
  const growth = [[1], [0]];

  test("raises the ceiling when a write is sent, the floor when it is acknowledged", () => {
    const ledger = openLedger([15], growth);
    ledger.sent(0);
    expect([ledger.floor(0), ledger.ceiling(0)]).toEqual([15, 16]);
    ledger.acknowledged(0);
    expect([ledger.floor(0), ledger.ceiling(0)]).toEqual([16, 16]);
  });

  test("ignores writes that do not concern the read", () => {
    const ledger = openLedger([15], growth);
    ledger.sent(1);
    ledger.acknowledged(1);
    expect([ledger.floor(0), ledger.ceiling(0)]).toEqual([15, 15]);
  });
});

test.for([
  [15, "stale"],
  [16, "fresh"],
  [17, "fresh"],
  [18, "impossible"],
  [null, "impossible"],
] as const)("a read that must show 16 or 17 and shows %s is %s", ([figure, judged]) => {
  expect(judgeFigure(figure, { floor: 16, ceiling: 17 })).toBe(judged);
});
