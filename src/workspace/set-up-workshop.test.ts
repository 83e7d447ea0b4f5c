/** A set-up against real folders and files: what it makes, what it keeps, and what no interruption may break. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import { afterAll, expect, test } from "vitest";
import { setUpWorkshop } from "./set-up-workshop.ts";
import { execute, HANDLER, query, removeHomes, tinySetUp } from "./tiny-scenario.test-support.ts";

const NOTES = "SELECT text FROM notes ORDER BY id";

afterAll(removeHomes);

test("makes a folder that stands alone, with the database in WAL mode and no leftovers", async () => {
  const result = await setUpWorkshop(tinySetUp());
  expect(readdirSync(result.folder).sort()).toEqual([
    ".gitignore",
    ".stale-stats",
    "README.md",
    "note.ts",
    "tsconfig.json",
  ]);
  expect(readdirSync(join(result.folder, ".stale-stats")).sort()).toEqual(["set-up.lock", "swap.lock", "workshop.db"]);
  expect(query(result.databaseFile, "PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(result).toMatchObject({ written: ["note.ts"], kept: [], snapshot: null, setAside: null });
});

test("the same seed gives the same data, another seed other data", async () => {
  const [one, same, other] = await Promise.all(["a", "a", "b"].map(async (seed) => setUpWorkshop(tinySetUp({ seed }))));
  const notes = [one, same, other].map((result) => query(result?.databaseFile ?? "", NOTES));
  expect(notes[1]).toEqual(notes[0]);
  expect(notes[2]).not.toEqual(notes[0]);
});

test("inserts a large history in full, keeps the schema's indexes, and reports up to the last row", async () => {
  const seen: number[] = [];
  const progress = ({ done }: { done: number }): void => void seen.push(done);
  const { databaseFile } = await setUpWorkshop(tinySetUp({ downloads: 45_000, progress }));
  expect(query(databaseFile, "SELECT COUNT(*) AS n FROM notes")).toEqual([{ n: 45_001 }]);
  expect(query(databaseFile, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'notes'")).toEqual([
    { name: "notes_by_text" },
  ]);
  expect(seen).toEqual([20_000, 40_000, 45_000]);
});

test("refuses data whose references lead nowhere", async () => {
  const { scenario } = tinySetUp();
  const schema = `${scenario.schema} CREATE TABLE tags (id INTEGER PRIMARY KEY, note INTEGER REFERENCES notes (id));`;
  const seedWorkshop: typeof scenario.seedWorkshop = (db) => void db.run("INSERT INTO tags (note) VALUES (77)");
  await expect(setUpWorkshop(tinySetUp({ scenario: { ...scenario, schema, seedWorkshop } }))).rejects.toThrow(
    "refers to a row",
  );
});

test("run again: the data as new, edited handlers untouched, a missing one back, progress kept with its index", async () => {
  const options = tinySetUp();
  const { folder, databaseFile } = await setUpWorkshop(options);
  const fresh = query(databaseFile, NOTES);
  execute(
    databaseFile,
    "DELETE FROM notes; CREATE TABLE attempts (id INTEGER PRIMARY KEY, verdict TEXT); CREATE INDEX by_verdict ON attempts (verdict); INSERT INTO attempts (verdict) VALUES ('pass')",
  );
  writeFileSync(join(folder, "note.ts"), "// mine\n");
  const again = await setUpWorkshop(options);
  expect(again.kept).toEqual(["note.ts"]);
  expect(readFileSync(join(folder, "note.ts"), "utf8")).toBe("// mine\n");
  expect(query(databaseFile, NOTES)).toEqual(fresh);
  expect(query(databaseFile, "SELECT verdict FROM attempts INDEXED BY by_verdict WHERE verdict = 'pass'")).toEqual([
    { verdict: "pass" },
  ]);
});

test("progress that is still in the log of a killed program is carried over", async () => {
  const options = tinySetUp();
  const { databaseFile } = await setUpWorkshop(options);
  await leaveLog(databaseFile);
  await setUpWorkshop(options);
  expect(query(databaseFile, "SELECT n FROM attempts")).toEqual([{ n: 7 }]);
});

test("a log whose database is gone is not replayed into the new one", async () => {
  const options = tinySetUp();
  const { databaseFile } = await setUpWorkshop(options);
  await leaveLog(databaseFile);
  rmSync(databaseFile);
  await setUpWorkshop(options);
  expect(query(databaseFile, "SELECT name FROM sqlite_schema WHERE name = 'attempts'")).toEqual([]);
});

test("--force puts the handlers back and keeps what was written, each time under a new number", async () => {
  const options = tinySetUp();
  const { folder } = await setUpWorkshop(options);
  for (const [position, text] of ["// first\n", "// second\n"].entries()) {
    writeFileSync(join(folder, "note.ts"), text);
    const { snapshot } = await setUpWorkshop({ ...options, force: true });
    expect(snapshot).toBe(join(folder, ".stale-stats", "snapshots", String(position + 1)));
    expect(readFileSync(join(snapshot ?? "", "files", "note.ts"), "utf8")).toBe(text);
    expect(JSON.parse(readFileSync(join(snapshot ?? "", "snapshot.json"), "utf8"))).toMatchObject({ at: options.at });
  }
  expect(readFileSync(join(folder, "note.ts"), "utf8")).toBe(HANDLER);
  expect((await setUpWorkshop({ ...options, force: true })).snapshot).toBeNull();
});

test("a database that is garbage is kept aside, one from a newer version refused and left alone", async () => {
  const options = tinySetUp();
  const { databaseFile } = await setUpWorkshop(options);
  writeFileSync(databaseFile, "This is a shopping list, and a long one at that.");
  const { setAside } = await setUpWorkshop(options);
  expect(readFileSync(setAside ?? "", "utf8")).toContain("shopping list");
  expect(query(databaseFile, NOTES)).toHaveLength(1);
  execute(databaseFile, "PRAGMA user_version = 99; DELETE FROM notes");
  await expect(setUpWorkshop(options)).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("newer"),
  });
  expect(query(databaseFile, NOTES)).toEqual([]);
});

test("of two set-ups at the same time the second is told so, and the first is not disturbed", async () => {
  const options = tinySetUp({ downloads: 10 });
  const second = Promise.withResolvers<unknown>();
  const progress = async (): Promise<void> =>
    second.resolve(await setUpWorkshop({ ...options, downloads: 0 }).catch((error: unknown) => error));
  const { databaseFile } = await setUpWorkshop({ ...options, progress });
  expect(await second.promise).toMatchObject({
    code: "environment",
    message: expect.stringContaining("Another set-up"),
  });
  expect(query(databaseFile, NOTES)).toHaveLength(11);
});

test("a program that keeps the database open is named before any work is done", async () => {
  const options = tinySetUp();
  const { databaseFile } = await setUpWorkshop(options);
  const other = new Database(databaseFile);
  other.prepare("SELECT 1 FROM notes").get();
  const progress = (): never => expect.unreachable("work was done");
  await expect(setUpWorkshop({ ...options, downloads: 10, progress })).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("another program"),
  });
  other.close();
});

test("a program that opens the database meanwhile keeps it, and nothing is half replaced", async () => {
  const options = tinySetUp();
  const { databaseFile } = await setUpWorkshop(options);
  const before = query(databaseFile, NOTES);
  const others: Database.Database[] = [];
  const progress = (): void => {
    const other = new Database(databaseFile);
    other.exec("PRAGMA journal_mode = WAL; CREATE TABLE attempts (n)");
    others.push(other);
  };
  const meanwhile = setUpWorkshop({ ...options, seed: "b", downloads: 10, progress });
  await expect(meanwhile).rejects.toMatchObject({ message: expect.stringContaining("another program") });
  for (const other of others) other.close();
  expect(query(databaseFile, NOTES)).toEqual(before);
});

test("stopped in the middle it leaves the old data, the old handlers and nothing else", async () => {
  const options = tinySetUp();
  const { folder, databaseFile } = await setUpWorkshop(options);
  writeFileSync(join(folder, "note.ts"), "// mine\n");
  const before = query(databaseFile, NOTES);
  const stop = new AbortController();
  const interrupted = setUpWorkshop({
    ...options,
    seed: "b",
    force: true,
    downloads: 50_000,
    signal: stop.signal,
    progress: () => stop.abort(),
  });
  await expect(interrupted).rejects.toThrow("aborted");
  expect(query(databaseFile, NOTES)).toEqual(before);
  expect(readFileSync(join(folder, "note.ts"), "utf8")).toBe("// mine\n");
  expect(readdirSync(join(folder, ".stale-stats")).sort()).toEqual(["set-up.lock", "swap.lock", "workshop.db"]);
});

test("a disk that fills up is said in words, and leaves the old data and nothing else", async () => {
  const options = tinySetUp();
  const { folder, databaseFile } = await setUpWorkshop(options);
  const before = query(databaseFile, NOTES);
  // SQLite answers this bound exactly as it answers a full disk.
  const scenario = { ...options.scenario, schema: `PRAGMA max_page_count = 50; ${options.scenario.schema}` };
  await expect(setUpWorkshop({ ...options, scenario, downloads: 50_000 })).rejects.toMatchObject({
    code: "environment",
    message: `${folder} cannot be written: the disk is full.`,
  });
  expect(query(databaseFile, NOTES)).toEqual(before);
  expect(readdirSync(join(folder, ".stale-stats")).sort()).toEqual(["set-up.lock", "swap.lock", "workshop.db"]);
});

test("killed in the middle it leaves the old data, and the next set-up clears the rest away", async () => {
  const options = tinySetUp();
  const { folder, databaseFile } = await setUpWorkshop(options);
  const before = query(databaseFile, NOTES);
  await killedInTheMiddle(options.home);
  expect(existsSync(`${databaseFile}.new`)).toBe(true);
  expect(query(databaseFile, NOTES)).toEqual(before);
  await setUpWorkshop({ ...options, seed: "b" });
  expect(query(databaseFile, NOTES)).not.toEqual(before);
  expect(readdirSync(join(folder, ".stale-stats")).sort()).toEqual(["set-up.lock", "swap.lock", "workshop.db"]);
});

test("a file where the folder should be, or a folder that cannot be written, is said in words", async () => {
  const inTheWay = tinySetUp();
  writeFileSync(join(inTheWay.home, "tiny"), "");
  await expect(setUpWorkshop(inTheWay)).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("a file is in the way"),
  });
  const handlerIsFolder = tinySetUp();
  mkdirSync(join(handlerIsFolder.home, "tiny", "note.ts"), { recursive: true });
  await expect(setUpWorkshop(handlerIsFolder)).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("a folder is in the way"),
  });
});

/** Writes and dies: the rows lie in the log beside the database, as after a power cut. */
async function leaveLog(databaseFile: string): Promise<void> {
  const code = `const { default: Database } = await import(${JSON.stringify(import.meta.resolve("better-sqlite3"))});
    new Database(${JSON.stringify(databaseFile)}).exec("CREATE TABLE attempts (n); INSERT INTO attempts VALUES (7)");
    process.kill(process.pid, "SIGKILL");`;
  await ended(spawn(execPath, ["--input-type=module", "-e", code]));
  expect(existsSync(`${databaseFile}-wal`)).toBe(true);
}

/** The child stops itself between two chunks, and is killed there: no clock decides where. */
async function killedInTheMiddle(home: string): Promise<void> {
  const module = (name: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
  const code = `const { setUpWorkshop } = await import(${module("set-up-workshop.ts")});
    const { tinySetUp } = await import(${module("tiny-scenario.test-support.ts")});
    const progress = () => process.kill(process.pid, "SIGKILL");
    await setUpWorkshop(tinySetUp({ home: ${JSON.stringify(home)}, seed: "c", downloads: 60_000, progress }));`;
  const child = spawn(execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", code]);
  expect(await ended(child)).toBe("SIGKILL");
}

async function ended(child: ReturnType<typeof spawn>): Promise<unknown> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve(signal ?? code));
  });
}
