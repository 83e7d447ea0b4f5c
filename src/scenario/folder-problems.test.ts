/** The template, with one part after another taken away or broken: what an author is told, and whether it stops a run. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { authoring } from "./authoring.ts";

const template = join(import.meta.dirname, "../../templates/scenario");

interface Lesson {
  readonly root: string;
  readonly slug: string;
  readonly folder: string;
  remove(part: string): void;
  /** Throws when nothing changes. */
  replace(part: string, from: string | RegExp, to: string): void;
}

function lesson(): Lesson {
  const root = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "scenarios", "tiny");
  cpSync(template, folder, { recursive: true });
  mkdirSync(join(root, "src", "scenario"), { recursive: true });
  writeFileSync(join(root, "src", "scenario", "index.ts"), "");
  return {
    root,
    slug: "tiny",
    folder,
    remove: (part) => rmSync(join(folder, part), { recursive: true }),
    replace: (part, from, to) => {
      const text = readFileSync(join(folder, part), "utf8");
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${part} does not contain ${String(from)}`);
      writeFileSync(join(folder, part), changed);
    },
  };
}

const REFERENCE = "accepted/delete-after-write/fix.json";

test.each<[string, (lesson: Lesson) => void, string, boolean]>([
  ["no definition", ({ remove }) => remove("scenario.ts"), "scenario.ts: is missing", true],
  ["no starter", ({ remove }) => remove("starter"), "starter: there is no handler in it", true],
  ["no accepted fix", ({ remove }) => remove("accepted"), "accepted: there is no fix in it", true],
  ["no rejected fix", ({ remove }) => remove("rejected"), "rejected: there is no fix in it", true],
  ["no README", ({ remove }) => remove("README.md"), "README.md: is missing", false],
  ["no guide", ({ remove }) => remove("guide.md"), "guide.md: is missing", false],
  ["no hints", ({ remove }) => remove("hints.md"), "hints.md: is missing", false],
  ["no prompts", ({ remove }) => remove("prompts.md"), "prompts.md: is missing", false],
  ["no manifest", ({ remove }) => remove(REFERENCE), `${REFERENCE} is not a valid manifest`, true],
  [
    "a manifest with a field too many",
    ({ replace }) => replace(REFERENCE, "{", '{ "colour": "red",'),
    `${REFERENCE} is not a valid manifest: "colour" is not a field of it`,
    true,
  ],
  [
    "no reference",
    ({ replace }) => replace(REFERENCE, /,\s*"reference": true/u, ""),
    "accepted has 0 references, not one",
    true,
  ],
  [
    "a fix that changes nothing",
    ({ remove }) => remove("rejected/wrong-key-plural/delays.ts"),
    "rejected/wrong-key-plural changes no file",
    true,
  ],
  [
    "a sample without an answer",
    ({ remove }) => remove("samples/level-1/answer.md"),
    "samples/level-1 has no answer",
    true,
  ],
  [
    "a step without its minutes",
    ({ replace }) => replace("guide.md", "(2 min)", ""),
    'guide.md is not well formed: "Step 1: The incident" is no "Step N: title (M min)"',
    true,
  ],
  [
    "a level that is none",
    ({ replace }) => replace("prompts.md", "## Level 1:", "## Stage 1:"),
    'prompts.md is not well formed: "Stage 1: the writer alone" is no "Level N: title"',
    true,
  ],
])("%s is told, with what to do", async (...[, breakIt, told, stops]) => {
  const broken = lesson();
  breakIt(broken);
  const problems = await authoring.problems(broken);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ text: expect.stringContaining(told), stops });
  expect(problems[0]?.todo).toMatch(/^[a-z].*[^.]$/u);
  expect(problems[0]?.text).not.toContain(broken.root);
});

test("all faults are told at once", async () => {
  const broken = lesson();
  for (const part of ["guide.md", "starter", REFERENCE, "rejected/wrong-key-plural/fix.json"]) broken.remove(part);
  expect((await authoring.problems(broken)).map(({ text }) => text.split(/[ :]/u)[0])).toEqual([
    "starter",
    REFERENCE,
    "rejected/wrong-key-plural/fix.json",
    "guide.md",
  ]);
});

test("a folder that is not there has no parts that could be missing", async () => {
  expect(await authoring.problems({ ...lesson(), slug: "other" })).toEqual([]);
});
