/** What is left of a plan without one of its requests. */
import { expect, test } from "vitest";
import type { Phase, RequestRef } from "../vocabulary.ts";
import { withoutActors } from "./plan-parts.ts";

const DAY = 86_400_000;

function one(ref: RequestRef, wait?: number): Phase {
  return { actors: [{ ref, instance: 0 }], ...(wait === undefined ? {} : { wait }) };
}

test("time that passed before a request passes without it, too", () => {
  const plan = { phases: [one("r0"), one("w0", DAY), one("r1", DAY), one("r2")], probe: false, seed: "s" };
  expect(withoutActors(plan, 1, 1).plan.phases).toEqual([one("r0"), one("r1", 2 * DAY), one("r2")]);
  expect(withoutActors(withoutActors(plan, 0, 1).plan, 0, 1).plan.phases).toEqual([one("r1", 2 * DAY), one("r2")]);
  expect(withoutActors(plan, 0, 1).plan.phases).toEqual([one("w0", DAY), one("r1", DAY), one("r2")]);
});

test("who comes together with others leaves them where they are, one number down", () => {
  const both: Phase = { actors: [...one("r0").actors, ...one("r1").actors], wait: DAY };
  const part = withoutActors({ phases: [one("w0"), both], probe: false, seed: "s" }, 1, 1);
  expect(part.plan.phases).toEqual([one("w0"), one("r1", DAY)]);
  expect([0, 1, 2].map((actor) => part.rename(actor))).toEqual([0, null, 1]);
});

test("a stretch is left out whole", () => {
  const plan = { phases: [one("r0"), one("w0", DAY), one("r1"), one("w1"), one("r2")], probe: false, seed: "s" };
  const part = withoutActors(plan, 1, 3);
  expect(part.plan.phases).toEqual([one("r0"), one("r2", DAY)]);
  expect([0, 1, 2, 3, 4].map((actor) => part.rename(actor))).toEqual([0, null, null, null, 1]);
});
