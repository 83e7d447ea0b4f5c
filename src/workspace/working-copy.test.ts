/** Reading what a participant left behind, in whatever state it is. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { copyDatabase, openWorkshop } from "./open-workshop.ts";
import { setUpWorkshop } from "./set-up-workshop.ts";
import { execute, HANDLER, query, removeHomes, tinySetUp } from "./tiny-scenario.test-support.ts";
import { readWorkingCopy } from "./working-copy.ts";

afterAll(removeHomes);

async function tinyWorkshop(): Promise<{
  place: { home: string; slug: string };
  folder: string;
  read(): Promise<Map<string, string>>;
}> {
  const options = tinySetUp();
  const { folder } = await setUpWorkshop(options);
  const place = { home: options.home, slug: "tiny" };
  return { place, folder, read: async () => readWorkingCopy({ ...place, scenario: options.scenario }) };
}

test("reads handlers and their modules, not the editor's, git's or npm's files", async () => {
  const { folder, read } = await tinyWorkshop();
  for (const inner of ["lib", "node_modules", ".git"]) {
    mkdirSync(join(folder, inner), { recursive: true });
    writeFileSync(join(folder, inner, "key.ts"), "export const key = 1;\n");
  }
  expect([...(await read())]).toEqual([
    ["lib/key.ts", "export const key = 1;\n"],
    ["note.ts", HANDLER],
  ]);
});

test("a handler that is missing, renamed, empty or a folder is named with what to do", async () => {
  const { folder, read } = await tinyWorkshop();
  const handler = join(folder, "note.ts");
  writeFileSync(handler, " \n");
  await expect(read()).rejects.toMatchObject({ code: "environment", message: `${handler} is empty.` });
  renameSync(handler, join(folder, "notes.ts"));
  await expect(read()).rejects.toMatchObject({
    message: `${handler} is missing.`,
    hint: expect.stringContaining("setup-test-data tiny"),
  });
  mkdirSync(handler);
  await expect(read()).rejects.toMatchObject({ message: `${handler} is not a file.` });
});

test("without a set-up the command to run is named", async () => {
  const place = { home: tinySetUp().home, slug: "tiny" };
  const told = { code: "environment", hint: "Run: npx stale-stats setup-test-data tiny" };
  await expect(openWorkshop(place)).rejects.toMatchObject(told);
  await expect(readWorkingCopy({ ...place, scenario: tinySetUp().scenario })).rejects.toMatchObject(told);
  await expect(copyDatabase({ ...place, to: join(place.home, "copy.db") })).rejects.toMatchObject(told);
});

test("a garbage, foreign or newer database is told apart", async () => {
  const { place } = await tinyWorkshop();
  const { databaseFile } = await openWorkshop(place);
  execute(databaseFile, "PRAGMA user_version = 99");
  await expect(openWorkshop(place)).rejects.toMatchObject({
    message: expect.stringContaining("newer stale-stats (schema 99"),
  });
  execute(databaseFile, "PRAGMA user_version = 1; PRAGMA application_id = 5");
  await expect(openWorkshop(place)).rejects.toMatchObject({ message: `${databaseFile} is not a workshop database.` });
  rmSync(databaseFile);
  writeFileSync(databaseFile, "x".repeat(4096));
  await expect(openWorkshop(place)).rejects.toMatchObject({ message: `${databaseFile} is not a workshop database.` });
});

test("a copy is private: complete, and without effect on the original", async () => {
  const { place } = await tinyWorkshop();
  const { databaseFile } = await openWorkshop(place);
  const to = join(place.home, "copy.db");
  await copyDatabase({ ...place, to });
  expect(query(to, "SELECT * FROM notes")).toEqual(query(databaseFile, "SELECT * FROM notes"));
  execute(to, "DELETE FROM notes");
  expect(query(databaseFile, "SELECT * FROM notes")).toHaveLength(1);
});
