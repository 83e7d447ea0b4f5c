/** Samples that do not fit the prompts, in an invented scenario; and that the real one has none of these faults. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listScenarios } from "../scenario/index.ts";
import { sampleProblems } from "./verify-samples.ts";

const repository = join(import.meta.dirname, "../..");
const FAIL = { verdict: "fail", star: 1, property: "fresh-in-sequence", cause: "wrong-key" };
const PASS = { verdict: "pass", star: 2, property: null, cause: null };

function level(number: number, files: string): string {
  return `## Level ${number}: a name

- Files: ${files}
- Terminal: hidden
- Mode: chat
- Conversation: new

### Prompt

> Do it.

### The assistant sees

Something.

### Expect

Something.

`;
}

/** Three levels: nothing, \`a.ts\`, \`a.ts\` and \`b.ts\`. */
function lesson(samples: Readonly<Record<string, { manifest: object; file?: string }>>): {
  root: string;
  slug: string;
} {
  const root = mkdtempSync(join(tmpdir(), "samples-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "scenarios", "tiny");
  mkdirSync(folder, { recursive: true });
  const levels = [level(0, "none"), level(1, "`a.ts`"), level(2, "`a.ts` and `b.ts`")].join("");
  writeFileSync(join(folder, "prompts.md"), `# Prompts\n\n## Before each prompt\n\n- [ ] Look.\n\n${levels}`);
  for (const [name, { manifest, file }] of Object.entries(samples)) {
    const home = join(folder, "samples", name);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "answer.md"), "An answer.\n");
    writeFileSync(join(home, "sample.json"), JSON.stringify({ title: "A title", why: "A reason.", ...manifest }));
    if (file !== undefined) writeFileSync(join(home, file), "export {};\n");
  }
  return { root, slug: "tiny" };
}

const RIGHT = { "level-0": { manifest: FAIL }, "level-1": { manifest: FAIL, file: "a.ts" } };

test("one answer to each level, of which the last passes, is as it should be", async () => {
  expect(await sampleProblems(lesson({ ...RIGHT, "level-2": { manifest: PASS, file: "b.ts" } }))).toEqual([]);
  expect(await sampleProblems({ root: repository, slug: "nothing-with-prompts" })).toEqual([]);
});

test.each<[string, Parameters<typeof lesson>[0], string]>([
  ["a missing one", RIGHT, "sample/level-2: is missing"],
  ["a last one that fails", { ...RIGHT, "level-2": { manifest: FAIL } }, "must be declared to pass"],
  ["a first one that passes", { ...RIGHT, "level-1": { manifest: PASS } }, "sample/level-1: sees next to nothing"],
  ["one that changes what is not shown", { ...RIGHT, "level-1": { manifest: FAIL, file: "b.ts" } }, "changes b.ts"],
  ["one to no level", { ...RIGHT, "level-7": { manifest: FAIL } }, "sample/level-7: answers no level"],
])("%s is named", async (_, samples, told) => {
  expect((await sampleProblems(lesson(samples))).join("\n")).toContain(told);
});

test.each([
  [{ ...PASS, cause: "wrong-key" }, '"cause" must be null'],
  [{ ...FAIL, cause: null }, '"cause" must be null'],
  [{ ...FAIL, property: null }, '"property" must be named'],
  [{ ...FAIL, verdict: "nearly" }, '"verdict" must be'],
  [{ ...FAIL, more: 1 }, '"more" is not a field of it'],
])("a manifest like %o is refused: %s", async (manifest, told) => {
  await expect(sampleProblems(lesson({ "level-0": { manifest } }))).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining(told),
  });
});

test("every scenario that ships has its samples in order", async () => {
  const slugs = await listScenarios(repository);
  const problems = await Promise.all(slugs.map(async (slug) => sampleProblems({ root: repository, slug })));
  expect(problems.flat()).toEqual([]);
});
