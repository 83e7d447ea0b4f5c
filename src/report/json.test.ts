import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { verdictSchema } from "./json-schema.ts";
import { verdictJson } from "./json.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "fixtures/verdicts");
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
const isValid = new Ajv2020({ allErrors: true }).compile(published());

test("the published file is the schema of the code", () => {
  expect(published()).toEqual(JSON.parse(JSON.stringify(verdictSchema)));
});

test("there are fixtures of every verdict", () => {
  const kinds = new Set(names.map((name) => read(name).verdict));
  expect([...kinds].toSorted()).toEqual([
    "broken-environment",
    "checker-bug",
    "crashed",
    "fail",
    "inconclusive",
    "pass",
    "timed-out",
  ]);
  expect(names.length).toBeGreaterThanOrEqual(12);
});

test.each(names)("%s is valid and is printed whole", (name) => {
  const verdict = read(name);
  const printed: unknown = JSON.parse(verdictJson(verdict));
  isValid(printed);
  expect(isValid.errors ?? []).toEqual([]);
  expect(printed).toEqual(verdict);
});

test.each(names)("%s is printed in one order, however it was put together", (name) => {
  const verdict = read(name);
  expect(verdictJson(backwards(verdict) as Verdict)).toBe(verdictJson(verdict));
  expect(Object.keys(JSON.parse(verdictJson(backwards(verdict) as Verdict)) as object).at(-1)).toBe("timing");
});

test("values that handlers made keep their own order", () => {
  const verdict = read("fail-wrong-key.json");
  const { counterexample } = verdict;
  if (counterexample === null) throw new Error("the fixture has a counterexample");
  const printed = verdictJson({ ...verdict, counterexample: { ...counterexample, served: { z: 1, a: 2 } } });
  expect(printed.indexOf('"z": 1')).toBeLessThan(printed.indexOf('"a": 2'));
});

test("an optional member that is absent stays absent, and null stays null", () => {
  expect(verdictJson(read("broken-environment.json"))).not.toContain('"keys"');
  expect(verdictJson(read("broken-environment.json"))).toContain('"counterexample": null');
});

test.each([
  ["another version", { schemaVersion: 2 }],
  ["an unknown verdict", { verdict: "passed" }],
  ["an unknown cause", { cause: "bad-luck" }],
  ["a star too many", { stars: 4 }],
  ["a member that nobody knows", { comment: "" }],
  ["a timing that is no number", { timing: { total: "fast" } }],
])("%s is refused", (_what, changed) => {
  expect(isValid({ ...read("pass.json"), ...changed })).toBe(false);
});

test("a missing member is refused", () => {
  const { confirmed: _left, ...rest } = read("pass.json");
  expect(isValid(rest)).toBe(false);
});

function published(): object {
  return JSON.parse(readFileSync(join(root, "schema/verdict-v1.json"), "utf8")) as object;
}

function read(name: string): Verdict {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as Verdict;
}

/** Members in reverse, except inside what handlers made. */
function backwards(value: unknown, name: string = ""): unknown {
  if (name === "served" || name === "expected" || name === "timing") return value;
  if (Array.isArray(value)) return value.map((each) => backwards(each));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([key, each]) => [key, backwards(each, key)]));
}
