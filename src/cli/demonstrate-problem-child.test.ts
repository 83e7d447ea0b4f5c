import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, test } from "vitest";
import { loadScenario } from "../scenario/index.ts";
import type { Demonstration } from "../vocabulary.ts";
import { playInChild, type StoryOutcome } from "./demonstrate-problem-child.ts";
import { onStage } from "./demonstrate-problem-stage.ts";
import type { Io } from "./io.ts";

const root = join(import.meta.dirname, "..", "..", "fixtures", "live");
const scenario = await loadScenario({ root, slug: "counter" });

function fixture(folder: string, file: string): string {
  return readFileSync(join(root, "scenarios", "counter", folder, file), "utf8");
}

const starter = new Map([
  ["total.ts", fixture("starter", "total.ts")],
  ["visit.ts", fixture("starter", "visit.ts")],
]);

function seed(file: string): void {
  const db = new BetterSqlite3(file);
  db.exec(scenario.schema);
  db.exec("INSERT INTO visits (who) VALUES ('Ada'), ('Grace')");
  db.close();
}

const io: Io = {
  out: () => undefined,
  err: () => undefined,
  color: false,
  emoji: false,
  width: 80,
  interactive: false,
  root,
  cwd: root,
  env: process.env,
};

async function play(
  changed: Record<string, string> = {},
  limits: { silence?: number; patience?: number } = {},
): Promise<StoryOutcome> {
  const handlers = new Map([...starter, ...Object.entries(changed)]);
  const { signal } = new AbortController();
  return onStage({ handlers, copyDatabase: seed }, (stage) =>
    playInChild({ io, scenario, stage, signal, onProgress: () => undefined, limits }),
  );
}

async function playToTheEnd(changed: Record<string, string> = {}): Promise<Demonstration> {
  const outcome = await play(changed);
  if (outcome.kind !== "done") throw new Error(JSON.stringify(outcome));
  return outcome.run;
}

async function faultOf(
  changed: Record<string, string>,
  limits: { silence?: number; patience?: number } = {},
): Promise<unknown> {
  const outcome = await play(changed, limits);
  if (outcome.kind !== "fault") throw new Error(JSON.stringify(outcome));
  const { location } = outcome.fault;
  return {
    verdict: outcome.verdict,
    message: outcome.fault.message,
    at: location && `${location.file}:${location.line}:${location.column}`,
  };
}

const visitWith = (line: string): string =>
  `export async function addVisit(c) {\n  ${line}\n  return c.json({}, 201);\n}\n`;

test("the starter's second look is stale, served by the entry that the writes never touched", async () => {
  const run = await playToTheEnd();
  expect([run.before.shown, run.before.actual, run.after.shown, run.after.actual]).toEqual([2, 2, 2, 5]);
  expect([run.before.costly, run.after.costly]).toEqual([true, false]);
  expect(run.after.cache).toEqual([{ operation: "get", key: "total", hit: true }]);
  expect(run.entries).toMatchObject([{ key: "total", value: { total: 2 } }]);
  expect(run.writes.map(({ status, changes, cache }) => ({ status, changes, cache }))).toEqual(
    Array.from({ length: 3 }, () => ({ status: 201, changes: 1, cache: [] })),
  );
});

test("after a fix the second look is computed again, and the third comes from the cache", async () => {
  const run = await playToTheEnd({ "visit.ts": fixture("fixed", "visit.ts") });
  expect([run.after.shown, run.after.actual]).toEqual([5, 5]);
  expect([run.after.costly, run.again.costly]).toEqual([true, false]);
  expect(run.writes.map(({ cache }) => cache)).toEqual([
    [{ operation: "delete", key: "total", existed: true }],
    [{ operation: "delete", key: "total", existed: false }],
    [{ operation: "delete", key: "total", existed: false }],
  ]);
});

test("what a write does to the cache after its answer is still told of that write", async () => {
  const late = `setTimeout(() => { c.var.cache.delete("later"); }, 8);`;
  const run = await playToTheEnd({ "visit.ts": visitWith(late) });
  expect(run.writes[0]?.cache).toEqual([{ operation: "delete", key: "later", existed: false }]);
});

test("handlers may import what the package has", async () => {
  const imports = `import { HTTPException } from "hono/http-exception";\nimport Keyv from "keyv";\nimport * as kit from "stale-stats";\n`;
  const body = `if (Keyv && kit) throw new HTTPException(418, { message: "tea" });`;
  const run = await playToTheEnd({ "visit.ts": imports + visitWith(body) });
  expect(run.writes[0]).toMatchObject({ status: 418, thrown: null });
});

test.for([
  [
    "a syntax error",
    { "visit.ts": "export async function addVisit(c) {\n  const x = ;\n}\n" },
    "SyntaxError: Expression expected",
    "visit.ts:2:13",
  ],
  [
    "a name declared twice",
    { "visit.ts": "const a = 1;\nconst a = 2;\n" },
    "SyntaxError: Identifier 'a' has already been declared",
    "visit.ts:2:7",
  ],
  [
    "an import that fails",
    { "visit.ts": "export const a = 1;\nnobody();\n" },
    "ReferenceError: nobody is not defined",
    "visit.ts:2:1",
  ],
  [
    "a missing export",
    { "visit.ts": "export const other = 1;\n" },
    "visit.ts does not export a function called addVisit. It exports: other.",
    "visit.ts:1:1",
  ],
  [
    "an end at import",
    { "visit.ts": "\nprocess.exit(0);\n" },
    "The handlers ended the process (exit code 0).",
    "visit.ts:2:9",
  ],
  [
    "an end in a handler",
    { "visit.ts": visitWith("process.exit(0);") },
    "The handlers ended the process (exit code 0).",
    "visit.ts:2:11",
  ],
] as const)("%s is told with its place", async ([, changed, message, at]) => {
  expect(await faultOf(changed)).toEqual({ verdict: "crashed", message, at });
});

test("a promise that is rejected and awaited by nobody is told with its place", async () => {
  const fault = await faultOf({ "visit.ts": visitWith("(async () => { throw new RangeError('lost'); })();") });
  expect(fault).toEqual({
    verdict: "crashed",
    message: "Thrown where nobody awaits it: RangeError: lost",
    at: "visit.ts:2:24",
  });
});

test("a handler that never answers is timed out by name", async () => {
  const fault = await faultOf({ "visit.ts": visitWith("await new Promise(() => {});") }, { patience: 200 });
  expect(fault).toEqual({ verdict: "timed-out", message: "addVisit never answered POST /visits.", at: "visit.ts:1:1" });
});

test("endless loops at import and in a handler are ended and named", async () => {
  const silence = 1500;
  expect(await faultOf({ "visit.ts": "for (;;) {}\n" }, { silence })).toMatchObject({
    verdict: "timed-out",
    at: expect.stringMatching(/^visit\.ts:1:/u),
  });
  const fault = await faultOf({ "visit.ts": visitWith("for (;;) {}") }, { silence });
  expect(fault).toMatchObject({
    verdict: "timed-out",
    message: expect.stringContaining("addVisit (POST /visits)"),
    at: expect.stringMatching(/^visit\.ts:2:\d+$/u),
  });
});

test("a handler that throws is recorded with its place, and the story goes on", async () => {
  const run = await playToTheEnd({ "visit.ts": visitWith("cache.delete('total');") });
  expect(run.writes[0]).toMatchObject({
    status: 500,
    thrown: {
      name: "ReferenceError",
      message: "cache is not defined",
      location: { file: "visit.ts", line: 2, column: 3 },
    },
  });
});

test("the throwaway folder is gone afterwards, however it went", async () => {
  const stages = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("stale-stats-live-"));
  const before = stages();
  await expect(
    onStage({ handlers: starter, copyDatabase: () => Promise.reject(new Error("full")) }, () => Promise.resolve()),
  ).rejects.toThrow("full");
  expect(stages()).toEqual(before);
});
