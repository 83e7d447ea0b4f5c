/** Saved attempts in real folders: what is kept, under which names, and what no replacement may lose. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { attempts, type SaveOptions } from "./saved-attempts.ts";
import { setUpWorkshop } from "./set-up-workshop.ts";
import { removeHomes, tinySetUp } from "./tiny-scenario.test-support.ts";

const AT = "2026-01-05T09:00:00.000Z";

afterAll(removeHomes);

async function place(): Promise<{ home: string; slug: string; folder: string }> {
  const options = tinySetUp();
  const { folder } = await setUpWorkshop(options);
  return { home: options.home, slug: options.scenario.slug, folder };
}

type At = Awaited<ReturnType<typeof place>>;

async function save(at: At, changes: Partial<SaveOptions> = {}): ReturnType<typeof attempts.save> {
  const files = new Map([["note.ts", "// one\n"]]);
  return attempts.save({ ...at, name: "one", files, at: AT, level: null, assistant: null, force: false, ...changes });
}

test("comes back as it was saved, subfolders included, in the order of saving", async () => {
  const at = await place();
  const files = new Map([
    ["note.ts", "// mine\n"],
    ["deep/keys.ts", "export {};\n"],
  ]);
  await save(at, { name: "second", at: "2026-01-05T09:30:00.000Z", files, level: 3, assistant: "Ada" });
  await save(at, { name: "first" });
  expect(await attempts.list(at)).toEqual([
    { name: "first", at: AT, level: null, assistant: null, files: new Map([["note.ts", "// one\n"]]) },
    { name: "second", at: "2026-01-05T09:30:00.000Z", level: 3, assistant: "Ada", files: new Map([...files].sort()) },
  ]);
  expect(await attempts.read({ ...at, name: "SECOND" })).toMatchObject({ name: "second", level: 3 });
});

test("the working copy is not touched, and a saved attempt is no part of it", async () => {
  const at = await place();
  const before = readdirSync(at.folder);
  await save(at);
  expect(readdirSync(at.folder)).toEqual(before);
  expect(readdirSync(join(at.folder, ".stale-stats", "attempts", "one"))).toEqual(["attempt.json", "files"]);
});

describe("names", () => {
  test.each([
    "",
    ".",
    "..",
    "../up",
    "a/b",
    String.raw`a\b`,
    "a:b",
    "con",
    "LPT1",
    "a.ts",
    "a b",
    "ä",
    "-x",
    "a".repeat(41),
  ])("%j is refused, and nothing is written", async (name) => {
    const at = await place();
    await expect(save(at, { name })).rejects.toMatchObject({ code: "usage" });
    expect(existsSync(join(at.folder, ".stale-stats", "attempts"))).toBe(false);
  });

  test.each(["a", "level-3", "Ada_2", "console", "a".repeat(40)])("%j is fine", async (name) => {
    expect(await save(await place(), { name })).toMatchObject({ replaced: null });
  });

  test("one that is taken is refused, in any case of its letters, and the old one stays", async () => {
    const at = await place();
    await save(at);
    await expect(save(at, { name: "ONE", files: new Map([["note.ts", "// two\n"]]) })).rejects.toMatchObject({
      code: "usage",
      message: 'There is an attempt called "one" already.',
    });
    expect((await attempts.read({ ...at, name: "one" })).files.get("note.ts")).toBe("// one\n");
  });

  test("an unknown one is answered with those there are", async () => {
    const at = await place();
    await save(at);
    await expect(attempts.read({ ...at, name: "two" })).rejects.toMatchObject({
      code: "usage",
      hint: "Choose one of: one.",
    });
  });
});

test("--force replaces one and keeps the old under a number, each time another, out of the list", async () => {
  const at = await place();
  await save(at);
  for (const [number, text] of ["// two\n", "// three\n"].entries())
    expect(await save(at, { force: true, files: new Map([["note.ts", text]]) })).toMatchObject({
      replaced: `one.${number + 1}`,
    });
  expect((await attempts.list(at)).map(({ name }) => name)).toEqual(["one"]);
  const texts = ["one", "one.1", "one.2"].map(async (name) =>
    (await attempts.read({ ...at, name })).files.get("note.ts"),
  );
  expect(await Promise.all(texts)).toEqual(["// three\n", "// one\n", "// two\n"]);
  await expect(attempts.read({ ...at, name: "one.3" })).rejects.toMatchObject({ code: "usage" });
  expect(existsSync(join(at.folder, ".stale-stats", "snapshots"))).toBe(false);
});

test("--force with another case of its letters leaves one attempt, under the new name", async () => {
  const at = await place();
  await save(at);
  await save(at, { name: "ONE", force: true });
  expect((await attempts.list(at)).map(({ name }) => name)).toEqual(["ONE"]);
});

test.each(["not JSON", "null", "[]", '{"level":"three","at":5,"assistant":{}}'])(
  "a note that is %s costs only what it said",
  async (text) => {
    const at = await place();
    const { folder } = await save(at, { level: 2 });
    writeFileSync(join(folder, "attempt.json"), text);
    expect(await attempts.list(at)).toMatchObject([{ name: "one", at: null, level: null, assistant: null }]);
  },
);

test("one that was never finished is not listed", async () => {
  const at = await place();
  await save(at);
  for (const name of ["two.new", "empty"]) mkdirSync(join(at.folder, ".stale-stats", "attempts", name));
  expect((await attempts.list(at)).map(({ name }) => name)).toEqual(["one"]);
});

test("a file where the folder should be is said in words", async () => {
  const at = await place();
  writeFileSync(join(at.folder, ".stale-stats", "attempts"), "");
  await expect(save(at)).rejects.toMatchObject({ code: "environment", message: expect.stringContaining("in the way") });
});
