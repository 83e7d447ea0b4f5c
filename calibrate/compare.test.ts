import { expect, test } from "vitest";
import type { Told } from "./ask-checker.ts";
import { compare } from "./compare.ts";
import type { Observation } from "./observation.ts";

const CLEAN: Observation = {
  requests: 2_000,
  untrueInSequence: 0,
  untrueAfterJob: 0,
  staleInFlight: 0,
  impossible: 0,
  untrueAtRest: 0,
  failed: 0,
  bursts: 40,
  milliseconds: 2_500,
};
const FAILED: Told = { verdict: "fail", stars: 0, cause: "wrong-key" };
const TWO: Told = { verdict: "pass", stars: 2, cause: null };
const THREE: Told = { verdict: "pass", stars: 3, cause: null };

test.for(["staleInFlight", "impossible", "untrueAtRest"] as const)("three stars promise that %s stays 0", (count) => {
  const seen = { ...CLEAN, [count]: 1 };
  expect(compare(seen, THREE)).toBe("too-kind");
  expect(compare(seen, TWO)).toBe("agrees");
  expect(compare(seen, FAILED)).toBe("agrees");
});

test.for(["untrueInSequence", "untrueAfterJob"] as const)("two stars promise that %s stays 0", (count) => {
  const seen = { ...CLEAN, [count]: 1 };
  expect(compare(seen, TWO)).toBe("too-kind");
  expect(compare(seen, THREE)).toBe("too-kind");
  expect(compare(seen, FAILED)).toBe("agrees");
});

test("what the load does not show is no failure of the checker", () => {
  expect(compare(CLEAN, FAILED)).toBe("unseen");
  expect(compare(CLEAN, TWO)).toBe("clean");
  expect(compare(CLEAN, THREE)).toBe("clean");
});

test("an answer that never came is not an untrue one", () => {
  expect(compare({ ...CLEAN, failed: 3 }, THREE)).toBe("clean");
});
