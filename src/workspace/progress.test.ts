/** Progress against real files: what is kept, by whom at once, from which older file, and what garbage does to it. */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { databaseFile, dataFolder } from "./layout.ts";
import type { Place } from "./layout.ts";
import { migrate } from "./progress-schema.ts";
import { type FinishedAttempt, progress } from "./progress.ts";
import { setUpWorkshop } from "./set-up-workshop.ts";
import { execute, query, removeHomes, tinySetUp } from "./tiny-scenario.test-support.ts";

afterAll(removeHomes);

const EXPLORED = { schedules: 5, requests: 2, switches: 0, complete: true, seed: "a" };
const FAILED: Verdict = {
  schemaVersion: 1,
  scenario: "tiny",
  verdict: "fail",
  stars: 0,
  requiredStars: 2,
  cause: "wrong-key",
  properties: [],
  counterexample: null,
  fault: null,
  explored: EXPLORED,
  confirmed: null,
  success: null,
  message: null,
  timing: {},
};

function finished(changes: Partial<FinishedAttempt> = {}): FinishedAttempt {
  const files = new Map([["note.ts", "export const a = 1;\n"]]);
  const usual = { at: "2026-01-02T03:04:05.000Z", milliseconds: 120, attempt: null, version: "0.1.0" };
  return { ...usual, files, verdict: FAILED, ...changes };
}

async function tinyWorkshop(): Promise<{ place: Place; options: ReturnType<typeof tinySetUp> }> {
  const options = tinySetUp();
  await setUpWorkshop(options);
  return { place: { home: options.home, slug: "tiny" }, options };
}

test("an attempt comes back as it was recorded, with the furthest rung and the last level shown by then", async () => {
  const { place } = await tinyWorkshop();
  await progress.recordAttempt(place, finished());
  for (const rung of [1, 2, 3] as const)
    await progress.recordEvent(place, { at: "t1", kind: "hint", cause: "wrong-key", rung });
  await progress.recordEvent(place, { at: "t2", kind: "hint", cause: "never-invalidated", rung: 1 });
  for (const level of [4, 2]) await progress.recordEvent(place, { at: "t3", kind: "prompt", level });
  await progress.recordAttempt(place, finished({ at: "t4", attempt: "level-2", assistant: "Somebody" }));
  await progress.recordAttempt(place, finished({ at: "t5", promptLevel: 0 }));
  const attempts = await progress.listAttempts(place);
  expect(attempts[0]).toEqual({
    scenario: "tiny",
    at: "2026-01-02T03:04:05.000Z",
    milliseconds: 120,
    attempt: null,
    handlers: expect.stringMatching(/^[0-9a-f]{64}$/u),
    verdict: "fail",
    cause: "wrong-key",
    property: null,
    stars: 0,
    requiredStars: 2,
    hintRung: 0,
    promptLevel: null,
    assistant: null,
    version: "0.1.0",
  });
  expect(attempts.slice(1)).toMatchObject([
    { at: "t4", attempt: "level-2", assistant: "Somebody", hintRung: 3, promptLevel: 2 },
    { at: "t5", attempt: null, assistant: null, hintRung: 3, promptLevel: 0 },
  ]);
});

test("the same handlers have the same fingerprint in any order, others another", async () => {
  const { place } = await tinyWorkshop();
  const orders: [string, string][][] = [
    [
      ["a.ts", "1"],
      ["b.ts", "2"],
    ],
    [
      ["b.ts", "2"],
      ["a.ts", "1"],
    ],
    [["a.ts", "1b.ts2"]],
  ];
  for (const files of orders) await progress.recordAttempt(place, finished({ files: new Map(files) }));
  const [one, same, other] = (await progress.listAttempts(place)).map(({ handlers }) => handlers);
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test("events come back with what their kind says, in order", async () => {
  const { place } = await tinyWorkshop();
  await progress.recordEvent(place, { at: "t1", kind: "set-up" });
  await progress.recordEvent(place, { at: "t2", kind: "hint", cause: "wrong-key", rung: 4 });
  await progress.recordEvent(place, { at: "t3", kind: "prompt", level: 0 });
  expect(await progress.listEvents(place)).toEqual([
    { scenario: "tiny", at: "t1", kind: "set-up" },
    { scenario: "tiny", at: "t2", kind: "hint", cause: "wrong-key", rung: 4 },
    { scenario: "tiny", at: "t3", kind: "prompt", level: 0 },
  ]);
});

test("without a set-up nothing is recorded, nothing complains, and no folder appears", async () => {
  const place = { home: tinySetUp().home, slug: "tiny" };
  expect(await progress.recordAttempt(place, finished())).toBe(false);
  expect(await progress.recordEvent(place, { at: "t1", kind: "reset" })).toBe(false);
  expect(await progress.listAttempts(place)).toEqual([]);
  expect(readdirSync(place.home)).toEqual([]);
});

test("progress outlives a set-up and a change of the scenario's own tables", async () => {
  const { place, options } = await tinyWorkshop();
  await progress.recordAttempt(place, finished());
  await progress.recordEvent(place, { at: "t1", kind: "hint", cause: "wrong-key", rung: 2 });
  const schema = `${options.scenario.schema} CREATE TABLE tags (id INTEGER PRIMARY KEY);`;
  await setUpWorkshop({ ...options, scenario: { ...options.scenario, schema } });
  await progress.recordAttempt(place, finished({ at: "t2" }));
  expect(await progress.listAttempts(place)).toMatchObject([{ hintRung: 0 }, { at: "t2", hintRung: 2 }]);
});

test("the last verdict on the working copy is kept whole, with what was checked, and survives a set-up", async () => {
  const { place, options } = await tinyWorkshop();
  expect(await progress.lastVerdict(place)).toBeNull();
  const told: Verdict = { ...FAILED, message: "told", timing: { total: 12 } };
  await progress.recordAttempt(place, finished());
  await progress.recordAttempt(place, finished({ at: "t2", verdict: told }));
  await progress.recordAttempt(place, finished({ at: "t3", attempt: "level-2" }));
  await setUpWorkshop(options);
  const last = await progress.lastVerdict(place);
  expect(last).toMatchObject({ at: "t2", verdict: told });
  expect(last?.handlers).toBe(progress.fingerprint(finished().files));
  expect(last?.handlers).not.toBe(progress.fingerprint(new Map([["note.ts", "export const a = 2;\n"]])));
});

test("a verdict that is very long is kept without the stories of single properties, or not at all", async () => {
  const { place } = await tinyWorkshop();
  const long = "x".repeat(600_000);
  const story = { sentence: long } as unknown as NonNullable<Verdict["counterexample"]>;
  const property = { id: "precise", star: 2, outcome: "broken", claim: EXPLORED } as const;
  const verdict = { ...FAILED, properties: [{ ...property, counterexample: story }] };
  await progress.recordAttempt(place, finished({ verdict }));
  expect((await progress.lastVerdict(place))?.verdict.properties).toEqual([property]);
  await progress.recordAttempt(place, finished({ verdict: { ...FAILED, message: long } }));
  expect(await progress.lastVerdict(place)).toBeNull();
  expect(await progress.listAttempts(place)).toHaveLength(2);
});

test("a kept verdict that nobody can read is none", async () => {
  const { place } = await tinyWorkshop();
  await progress.recordAttempt(place, finished());
  for (const garbage of ["", "null", '{"schemaVersion":9}', "[]"]) {
    execute(databaseFile(place), `UPDATE workshop_verdicts SET verdict = '${garbage}'`);
    expect(await progress.lastVerdict(place)).toBeNull();
  }
});

/** As stale-stats 0.1.0 wrote it, before there was any progress. */
const VERSION_1 = `
  DROP TABLE workshop_attempts; DROP TABLE workshop_events; DROP TABLE workshop_verdicts; PRAGMA user_version = 1;
  CREATE TABLE kept (n); INSERT INTO kept VALUES (7);`;

test("a file of the first schema gets the tables, by recording as well as by a set-up, and loses nothing", async () => {
  const { place, options } = await tinyWorkshop();
  execute(databaseFile(place), VERSION_1);
  const notes = query(databaseFile(place), "SELECT * FROM notes");
  await progress.recordAttempt(place, finished());
  expect(await progress.listAttempts(place)).toHaveLength(1);
  expect(query(databaseFile(place), "SELECT * FROM notes")).toEqual(notes);
  execute(databaseFile(place), VERSION_1.replace("CREATE TABLE kept (n);", ""));
  expect((await setUpWorkshop(options)).setAside).toBeNull();
  expect(query(databaseFile(place), "SELECT n FROM kept")).toEqual([{ n: 7 }, { n: 7 }]);
  expect(await progress.listAttempts(place)).toEqual([]);
  expect(query(databaseFile(place), "PRAGMA user_version")).toEqual([{ user_version: 3 }]);
});

test("a step is taken once and in order, from whichever version, with the rows of the steps before", () => {
  const db = new Database(":memory:");
  onTestFinished(() => void db.close());
  const steps = ["CREATE TABLE a (n); INSERT INTO a VALUES (1)", "ALTER TABLE a ADD COLUMN m DEFAULT 5"];
  db.pragma("user_version = 1");
  migrate(db, steps.slice(0, 1));
  db.exec("INSERT INTO a VALUES (2)");
  for (let round = 0; round < 2; round += 1) migrate(db, steps);
  expect(db.prepare("SELECT n, m FROM a").all()).toEqual([
    { n: 1, m: 5 },
    { n: 2, m: 5 },
  ]);
  expect(() => migrate(db, [...steps, "CREATE TABLE b (n); CREATE TABLE a (n)"])).toThrow("already exists");
  expect(db.pragma("user_version", { simple: true })).toBe(3);
  expect(() => db.prepare("SELECT n FROM b").all()).toThrow("no such table");
});

test("many programs record at once, from an old file and while it is set up again, and nothing is lost", async () => {
  const { place, options } = await tinyWorkshop();
  execute(databaseFile(place), VERSION_1);
  const writers = ["one", "two", "three"].map(async (name) => writeTwenty(place, name));
  for (let round = 0; round < 8; round += 1) await setUpWorkshop({ ...options, seed: String(round) }).catch(onlyInUse);
  expect(await Promise.all(writers)).toEqual(["", "", ""]);
  const attempts = await progress.listAttempts(place);
  const expected = ["one", "two", "three"].flatMap((name) => Array.from({ length: 20 }, (_, n) => `${name} ${n}`));
  expect(attempts.map(({ at }) => at).sort()).toEqual(expected.sort());
});

test("garbage in place of the database is said in one line; a set-up keeps it and begins anew", async () => {
  const { place, options } = await tinyWorkshop();
  writeFileSync(databaseFile(place), "This is a shopping list, and a long one at that.");
  const told = { code: "environment", message: `${databaseFile(place)} is not a workshop database.` };
  await expect(progress.recordAttempt(place, finished())).rejects.toMatchObject(told);
  await expect(progress.listAttempts(place)).rejects.toMatchObject(told);
  const { setAside } = await setUpWorkshop(options);
  expect(readFileSync(setAside ?? "", "utf8")).toContain("shopping list");
  expect(await progress.recordAttempt(place, finished())).toBe(true);
});

test.each([
  ["other tables", "DROP TABLE workshop_attempts; CREATE TABLE workshop_attempts (shopping TEXT)"],
  ["no tables", "DROP TABLE workshop_events; DROP TABLE workshop_attempts"],
])("progress with %s is said in one line; a set-up keeps the file and begins anew", async (_, spoil) => {
  const { place, options } = await tinyWorkshop();
  execute(databaseFile(place), spoil);
  const told = { code: "environment", message: `The progress in ${databaseFile(place)} cannot be read.` };
  await expect(progress.recordAttempt(place, finished())).rejects.toMatchObject(told);
  await expect(progress.listAttempts(place)).rejects.toMatchObject(told);
  const { setAside } = await setUpWorkshop(options);
  expect(query(setAside ?? "", "SELECT * FROM notes")).toHaveLength(1);
  expect(await progress.recordAttempt(place, finished())).toBe(true);
});

test("a damaged page inside a file that looks right is kept aside too", async () => {
  const { place, options } = await tinyWorkshop();
  await progress.recordEvent(place, { at: "x".repeat(40_000), kind: "reset" });
  execute(databaseFile(place), "PRAGMA journal_mode = DELETE");
  const bytes = readFileSync(databaseFile(place));
  writeFileSync(databaseFile(place), bytes.fill(0xff, 3 * 4096));
  const { setAside } = await setUpWorkshop(options);
  expect(readFileSync(setAside ?? "")).toEqual(bytes);
  expect(await progress.listEvents(place)).toEqual([]);
});

test("a folder that cannot be written is said in words", async () => {
  const { place } = await tinyWorkshop();
  const lock = join(dataFolder(place), "swap.lock");
  rmSync(lock);
  mkdirSync(lock);
  await expect(progress.recordAttempt(place, finished())).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("cannot be written"),
  });
});

test("a file of a newer version is left alone", async () => {
  const { place } = await tinyWorkshop();
  execute(databaseFile(place), "PRAGMA user_version = 99");
  await expect(progress.recordAttempt(place, finished())).rejects.toMatchObject({
    message: expect.stringContaining("newer stale-stats"),
  });
});

function onlyInUse(error: unknown): void {
  expect(error).toMatchObject({ message: expect.stringContaining("another program") });
}

/** In a process of its own; gives what it complained about. */
async function writeTwenty(place: Place, name: string): Promise<string> {
  const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, "progress.ts")).href);
  const code = `const { progress } = await import(${module});
    const files = new Map();
    const verdict = ${JSON.stringify(FAILED)};
    for (let n = 0; n < 20; n += 1) await progress.recordAttempt(${JSON.stringify(place)},
      { at: ${JSON.stringify(name)} + " " + n, milliseconds: 1, attempt: null, version: "0", files, verdict });`;
  const child = spawn(execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", code]);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", () => resolve(said));
  });
}
