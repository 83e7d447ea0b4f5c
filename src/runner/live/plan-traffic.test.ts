import { expect, test } from "vitest";
import type { ComparedTraffic } from "../../vocabulary.ts";
import { planTraffic } from "./plan-traffic.ts";

const traffic: ComparedTraffic = {
  minutes: 100,
  perMinute: { reads: 30, writes: 3, external: 1 },
  read: (random) => ({ route: "look", path: `/things/${random.integer(1, 9)}` }),
  write: () => ({ route: "change", path: "/things/1", body: "{}" }),
  external: () => ({ label: "an import", run: () => undefined }),
};

const shown = (plan: ReturnType<typeof planTraffic>): string[] =>
  plan.map((arrival) => `${arrival.at} ${arrival.kind} ${arrival.kind === "external" ? "" : arrival.request.path}`);

test("the same seed plans the same, and another one something else", () => {
  expect(shown(planTraffic({ traffic, seed: "one" }))).toEqual(shown(planTraffic({ traffic, seed: "one" })));
  expect(shown(planTraffic({ traffic, seed: "one" }))).not.toEqual(shown(planTraffic({ traffic, seed: "two" })));
});

test("so many come a minute on average, in order, and nobody after the end", () => {
  const plan = planTraffic({ traffic, seed: "one" });
  const times = plan.map(({ at }) => at);
  const count = (kind: string): number => plan.filter((arrival) => arrival.kind === kind).length;
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times.at(-1)).toBeLessThan(100 * 60_000);
  // Of 3000, 300 and 100 expected: within four times the square root, which is nearly always so.
  expect(Math.abs(count("read") - 3000)).toBeLessThan(220);
  expect(Math.abs(count("write") - 300)).toBeLessThan(70);
  expect(Math.abs(count("external") - 100)).toBeLessThan(40);
});

test("more of one kind changes nothing about the others", () => {
  const writes = (reads: number): string[] =>
    shown(planTraffic({ traffic: { ...traffic, perMinute: { ...traffic.perMinute, reads } }, seed: "one" })).filter(
      (line) => line.includes("write"),
    );
  expect(writes(300)).toEqual(writes(30));
});

test("a kind that never comes is not there", () => {
  const { external: _, ...without } = traffic;
  const none = { ...without, perMinute: { reads: 0, writes: 1, external: 1 } };
  expect(new Set(planTraffic({ traffic: none, seed: "one" }).map(({ kind }) => kind))).toEqual(new Set(["write"]));
});
