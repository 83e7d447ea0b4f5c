/** What the screens of a session look like, and that they fit. */
import { expect, test } from "vitest";
import type { Route } from "../vocabulary.ts";
import { handlerPlaces } from "./handler-places.ts";
import { keyFor } from "./next-step.ts";
import { hear, openSession } from "./session-state.ts";
import { placesText } from "./session-steps.ts";
import { screenText, waitingText } from "./session-text.ts";
import { verdictWith } from "./recorded-verdict.test-support.ts";

const look = { color: false, emoji: true, width: 40 };
const read: Route = { id: "r", method: "GET", path: "/a/:id", file: "read.ts", export: "getIt", role: "read" };
const write: Route = { ...read, id: "w", method: "POST", file: "write.ts", export: "putIt", role: "write" };

test("the head and the keys stay on the screen, however long a step and however small the terminal", () => {
  const state = hear(openSession("guided"), { kind: "verdict", verdict: verdictWith({}), files: new Map() });
  const body = Array.from({ length: 50 }, (_, nth) => `line ${nth}`).join("\n");
  const lines = screenText({ state, folder: "workshop/x", body, look, rows: 12 }).split("\n");
  expect(lines).toHaveLength(12);
  expect(lines[0]).toBe("Step 1 of 5 · The incident");
  expect(lines.at(-2)).toBe("n next   b list   d demonstrate   q quit");
  expect(lines).toContain("  …");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
});

test("what a key has asked for is shown whole", () => {
  const panel = { kind: "printed", text: "" } as const;
  const body = "line\n".repeat(50);
  const text = screenText({ state: { ...openSession("guided"), panel }, folder: "x", body, look, rows: 12 });
  expect(text.match(/line/gu)).toHaveLength(50);
});

test("where a screen names commands, it says that they are typed elsewhere", () => {
  const shown = { state: openSession("guided"), folder: "x", look: { ...look, width: 80 }, rows: 20 };
  const told = screenText({ ...shown, body: "see npx stale-stats list" });
  expect(told).toContain("\n\nType commands in another terminal; here each letter is a key.\n\nn next");
  expect(screenText({ ...shown, body: "see nothing" })).not.toContain("another terminal");
});

test.each([
  ["npx stale-stats hint counter", "press h"],
  ["npx stale-stats test-your-fix counter", "save your change"],
  ["npx stale-stats prompts counter --level 2", "press p"],
  ["npx stale-stats prompts counter --level 2 --copy", null],
  ["npx stale-stats show-reference counter --list", null],
  ["npx stale-stats show-reference counter", null],
])("with the keys h and p, %j is %j", (command, way) => {
  expect(keyFor(command, ["h", "p"])).toBe(way);
  expect(keyFor(command, undefined)).toBeNull();
});

test("the keys are never parted from their words", () => {
  const state = { ...openSession("guided"), step: "fix" } as const;
  const text = screenText({ state, folder: "x", body: "", look: { ...look, width: 24 }, rows: 20 });
  expect(text).toContain("n next   b back   h hint\np prompt   d demonstrate\nr reference   x reset\nq quit\n");
});

test("before a verdict it says what to do, and that nothing was changed yet", () => {
  const facts = { folder: "workshop/x", look: { ...look, width: 80 } };
  expect(waitingText(openSession("watch"), facts)).toBe(
    "Change workshop/x in your editor and save: the verdict appears here.\n",
  );
  expect(waitingText(hear(openSession("watch"), { kind: "known" }), facts)).toContain("as they were shipped");
});

test.each([
  ["// first\nexport async function getIt(c) {}", 2],
  ["\n\nexport const getIt = (c) => c;", 3],
  ["export default function getIt() {}", 1],
  ["function getIt() {}\nexport { putIt, getIt };", 2],
  ["export function getItAll() {}", null],
  ["", null],
])("%j has the handler at line %o", (text, line) => {
  expect(handlerPlaces([read], new Map([["read.ts", text]]))).toEqual([{ route: read, line }]);
});

test("the code to look at: a path with its line that can be followed, also as a link, and what is missing", () => {
  const places = handlerPlaces([read, write], new Map([["read.ts", "\nexport function getIt() {}"]]));
  const plain = placesText(places, { folder: "workshop/x", root: null, look: { ...look, width: 80 } });
  expect(plain).toContain("  workshop/x/read.ts:2\n    getIt answers GET /a/:id\n");
  expect(plain).toContain("  workshop/x/write.ts\n    putIt answers POST /a/:id, but is not exported here\n");
  const linked = placesText(places, { folder: "workshop/x", root: "/here/workshop/x", look });
  expect(linked).toContain("\u001B]8;;file:///here/workshop/x/read.ts\u0007workshop/x/read.ts:2\u001B]8;;\u0007");
});
