/** The way through a session, key by key, without a terminal. */
import { expect, test } from "vitest";
import { WorkshopError } from "../errors.ts";
import { verdictWith } from "./recorded-verdict.test-support.ts";
import { hear, keysOf, openSession, press, printed, type SessionState } from "./session-state.ts";
import type { News } from "./watch-working-copy.ts";

const failure: News = { kind: "verdict", verdict: verdictWith({}), files: new Map([["a.ts", "a"]]) };
const pass: News = { kind: "verdict", verdict: verdictWith({ verdict: "pass" }), files: new Map() };
const gone: News = {
  kind: "trouble",
  error: new WorkshopError({ code: "environment", message: "It is gone.", hint: "Put it back." }),
};

test.each([
  ["n", ["incident", "code", "fix", "comparison", "lesson"]],
  ["b", ["lesson", "comparison", "fix", "code", "incident"]],
])("%s leads through the steps, and from the last of them to the list", (key, steps) => {
  const begin = key === "n" ? guidedAt(0) : guidedAt(4);
  const states = steps.map((_, nth) => after(begin, ...Array<string>(nth).fill(key)));
  expect(states.map(({ step }) => step)).toEqual(steps);
  expect(states.map((state) => press(state, key).effect)).toEqual([null, null, null, null, { kind: "leave" }]);
});

test("Enter is as good as n, and q quits everywhere", () => {
  expect(press(openSession("guided"), "return").state.step).toBe("code");
  for (const mode of ["watch", "guided"] as const)
    expect(press(openSession(mode), "q").effect).toEqual({ kind: "quit" });
});

test.each([
  ["the incident", guidedAt(0), "n b d q"],
  ["the code", guidedAt(1), "n b d h p q"],
  ["the fix before a verdict", guidedAt(2), "n b h p d r x q"],
  ["the fix after one", hear(guidedAt(2), failure), "n b t h p d r x q"],
  ["the comparison", guidedAt(3), "n b r d x q"],
  ["the lesson", guidedAt(4), "n b d q"],
  ["watching before a verdict", openSession("watch"), "h q"],
  ["watching after one", hear(openSession("watch"), failure), "t h q"],
  ["watching with the story open", after(hear(openSession("watch"), failure), "t"), "b h q"],
])("at %s the legend offers its keys", (_, state, keys) => {
  expect(
    keysOf(state)
      .map(([key]) => key)
      .join(" "),
  ).toBe(keys);
});

test("a key that the legend does not offer does nothing", () => {
  const state = openSession("watch");
  for (const key of ["n", "b", "x", "t", "up", "", "é"]) expect(press(state, key)).toEqual({ state, effect: null });
});

test.each([
  ["d", "demonstrate"],
  ["h", "hint"],
  ["p", "prompt"],
  ["r", "reference"],
  ["x", "reset"],
])("%s runs %s; no key counts until it has ended, and b closes what it printed", (key, action) => {
  const moved = press(hear(guidedAt(2), failure), key);
  expect(moved.effect).toEqual({ kind: "run", action });
  expect(moved.state.running).toBe(action);
  expect(press(moved.state, "q")).toEqual({ state: moved.state, effect: null });
  const shown = printed(moved.state, "printed\n");
  expect(shown).toMatchObject({ running: null, panel: { kind: "printed", text: "printed\n" } });
  expect(press(shown, "b").state).toMatchObject({ panel: null, step: "fix" });
});

test("the verdict on a save leads to the fix, whatever is open, and counts the checks", () => {
  const reading = printed(hear(guidedAt(1), { kind: "known" }), "a hint\n");
  const state = hear(hear(reading, { kind: "checking" }), failure);
  expect(state).toMatchObject({ step: "fix", panel: null, checking: false, checks: 1 });
  expect(hear(state, pass).checks).toBe(2);
});

test("the verdict on what was there before does not lead away from the incident", () => {
  const state = hear(guidedAt(0), failure);
  expect(state).toMatchObject({ step: "incident", checks: 1, checked: { kind: "verdict" } });
});

test("a verdict that comes while a command prints leaves its output in place", () => {
  const running = press(hear(guidedAt(3), pass), "r").state;
  expect(printed(hear(running, failure), "a diff\n")).toMatchObject({
    step: "fix",
    panel: { kind: "printed", text: "a diff\n" },
  });
});

test("trouble takes the place of the verdict and is no check; a note stays until somebody goes on", () => {
  const state = hear(hear(hear(guidedAt(2), failure), gone), { kind: "note", text: "by the way" });
  expect(state).toMatchObject({ checked: { kind: "trouble" }, checks: 1, note: "by the way" });
  expect(press(state, "n").state.note).toBeNull();
});

function guidedAt(position: number): SessionState {
  return after(openSession("guided"), ...Array<string>(position).fill("n"));
}

function after(state: SessionState, ...keys: string[]): SessionState {
  return keys.reduce((now, key) => press(now, key).state, state);
}
