/** A new scenario in small invented clones: complete, with its own names, and never over anything that is there. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { authoring } from "./authoring.ts";

const template = join(import.meta.dirname, "../../templates/scenario");

/** Holds what makes a clone one, with a word or two of a program. */
function newClone(): string {
  const root = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(template, join(root, "templates", "scenario"), { recursive: true });
  mkdirSync(join(root, "src", "scenario"), { recursive: true });
  mkdirSync(join(root, "scenarios"));
  writeFileSync(join(root, "src", "scenario", "index.ts"), 'export const word = "in-use";\n');
  writeFileSync(join(root, "src", "scenario", "index.test.ts"), 'export const word = "only-in-a-test";\n');
  writeFileSync(join(root, "src", "vocabulary.ts"), 'export type Cause = "wrong-key";\n');
  writeFileSync(join(root, "src", "scenario", "causes.ts"), 'export const cause = "wrong-key";\n');
  return root;
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test("every file of the template is there, under the names of the new scenario", async () => {
  const root = newClone();
  const written = await authoring.create({ root, slug: "late-news" });
  const folder = join(root, "scenarios", "late-news");
  expect(written.length).toBe(filesOf(template).length);
  expect(filesOf(folder).sort()).toEqual(written.map((name) => join(folder, name)).sort());
  const texts = filesOf(folder).map((file) => readFileSync(file, "utf8"));
  expect(texts.filter((text) => /your[- ]scenario/iu.test(text))).toEqual([]);
  const definition = readFileSync(join(folder, "scenario.ts"), "utf8");
  expect(definition).toContain('slug: "late-news",\n  title: "Late news",');
  expect(await authoring.problems({ root, slug: "late-news" })).toEqual([]);
});

test.each(["wrong-key", "only-in-a-test", "x", `a${"-b".repeat(19)}`])("%s can name a scenario", async (slug) => {
  const root = newClone();
  await authoring.create({ root, slug });
  expect(existsSync(join(root, "scenarios", slug, "scenario.ts"))).toBe(true);
});

test.each([
  ["", "cannot name a scenario"],
  ["Late-News", "cannot name a scenario"],
  ["late news", "cannot name a scenario"],
  ["late--news", "cannot name a scenario"],
  ["../late", "cannot name a scenario"],
  ["9-lives", "cannot name a scenario"],
  ["nul", "cannot name a scenario"],
  [`a${"-b".repeat(20)}`, "cannot name a scenario"],
  ["in-use", "is a word of the program: src/scenario/index.ts"],
])("%o is refused, and nothing is made", async (slug, told) => {
  const root = newClone();
  await expect(authoring.create({ root, slug })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining(told),
  });
  expect(readdirSync(join(root, "scenarios"))).toEqual([]);
});

test("what is there stays as it is, be it a scenario, another folder or a file", async () => {
  const root = newClone();
  await authoring.create({ root, slug: "late-news" });
  const mine = join(root, "scenarios", "late-news", "scenario.ts");
  writeFileSync(mine, "mine");
  mkdirSync(join(root, "scenarios", "empty-folder"));
  writeFileSync(join(root, "scenarios", "plain-file"), "plain");
  for (const slug of ["late-news", "empty-folder", "plain-file"])
    await expect(authoring.create({ root, slug })).rejects.toMatchObject({ code: "usage" });
  expect(readFileSync(mine, "utf8")).toBe("mine");
  expect(readdirSync(join(root, "scenarios", "empty-folder"))).toEqual([]);
  expect(readFileSync(join(root, "scenarios", "plain-file"), "utf8")).toBe("plain");
});

test("an installed package says where scenarios are written", async () => {
  const root = newClone();
  rmSync(join(root, "src"), { recursive: true });
  await expect(authoring.create({ root, slug: "late-news" })).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("installed package"),
    hint: expect.stringContaining("npx stale-stats new scenario late-news"),
  });
  expect(readdirSync(join(root, "scenarios"))).toEqual([]);
});

test("a place that cannot be written to is named", async () => {
  const root = newClone();
  rmSync(join(root, "scenarios"), { recursive: true });
  writeFileSync(join(root, "scenarios"), "");
  await expect(authoring.create({ root, slug: "late-news" })).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("cannot be made"),
  });
});
