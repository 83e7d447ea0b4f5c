import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { OutstandingInvalidations } from "./outstanding.ts";

function open(
  options: { file?: string; cache?: string; most?: number; shared?: boolean } = {},
): OutstandingInvalidations & { file: string } {
  const { file = newFile(), cache = "c", most = 3, shared = true } = options;
  const list = new OutstandingInvalidations({ file, cache, most, shared });
  onTestFinished(() => list.close());
  return Object.assign(list, { file });
}

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "outstanding-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "list.db");
}

test("a key is covered until it is done, in every process that has the file open", () => {
  const one = open();
  const other = open({ file: one.file });
  one.add("a");
  expect([one.covers("a"), other.covers("a"), other.covers("b")]).toEqual([true, true, false]);
  const next = other.next();
  expect(next).toMatchObject({ keys: ["a"] });
  if (next !== null) other.done(next);
  expect([one.covers("a"), one.next()]).toEqual([false, null]);
});

test("what fails again while it is carried out stays", () => {
  const list = open();
  list.add("a");
  list.add("b");
  const next = list.next();
  list.add("a");
  if (next !== null) list.done(next);
  expect([list.covers("a"), list.covers("b")]).toEqual([true, false]);
});

test("a process that is alone need not look at the file to know that nothing is outstanding", () => {
  const list = open({ shared: false });
  list.add("a");
  expect(list.covers("a")).toBe(true);
  for (let next = list.next(); next !== null; next = list.next()) list.done(next);
  expect(list.covers("a")).toBe(false);
  list.add("b");
  expect([list.covers("a"), list.covers("b")]).toEqual([false, true]);
});

test("past the bound everything is covered, and done at once", () => {
  const list = open({ most: 3 });
  for (const key of ["a", "b", "c", "d"]) list.add(key);
  expect(list.covers("never heard of")).toBe(true);
  const next = list.next();
  expect(next).toMatchObject({ keys: "everything" });
  if (next !== null) list.done(next);
  expect([list.covers("a"), list.covers("never heard of"), list.next()]).toEqual([false, false, null]);
});

test("everything that fails again while everything is carried out stays", () => {
  const list = open();
  list.addEverything();
  const next = list.next();
  list.addEverything();
  if (next !== null) list.done(next);
  expect(list.covers("a")).toBe(true);
});

test("no key is taken for everything", () => {
  const list = open();
  list.add("*");
  expect([list.covers("*"), list.covers("a"), list.next()?.keys]).toEqual([true, false, ["*"]]);
});

test("the caches of one service are told apart", () => {
  const one = open();
  const other = open({ file: one.file, cache: "d" });
  one.addEverything();
  expect([other.covers("a"), other.next()]).toEqual([false, null]);
});

test("it outlives the process", () => {
  const file = newFile();
  const before = new OutstandingInvalidations({ file, cache: "c", shared: true });
  before.add("a");
  before.close();
  expect(open({ file }).covers("a")).toBe(true);
});

test("when the list cannot be written, nothing may be read until everything is done", () => {
  const list = open();
  const writer = new BetterSqlite3(list.file);
  onTestFinished(() => void writer.close());
  writer.exec("BEGIN IMMEDIATE");
  list.add("a");
  expect([list.covers("a"), list.covers("b")]).toEqual([true, true]);
  writer.exec("ROLLBACK");
  const next = list.next();
  expect(next).toMatchObject({ keys: "everything" });
  if (next !== null) list.done(next);
  expect([list.covers("a"), list.covers("b")]).toEqual([false, false]);
});
