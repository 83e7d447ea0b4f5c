/** A definition that cannot be loaded as its author left it: what is told, and that an old build does not hide it. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadScenario } from "./load-scenario.ts";

const SLUG = "tiny";

/** A repository with one scenario of two files, and this text in the second. */
function lessonWith(part: string): string {
  const root = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "scenarios", SLUG);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "scenario.ts"), 'export { scenario } from "./part.ts";\n');
  writeFileSync(join(folder, "part.ts"), part);
  return root;
}

test.each([
  ["export const scenario = { slug: ;\n", "part.ts:1"],
  ['\nthrow new TypeError("oops");\nexport const scenario = {};\n', "part.ts:2: oops"],
  ['import "./gone.ts";\nexport const scenario = {};\n', "gone.ts"],
])("%o is told with its place, as a mistake that its author can mend", async (part, told) => {
  await expect(loadScenario({ root: lessonWith(part), slug: SLUG })).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining(told),
  });
});

test("the class of an error does not matter, its words do", async () => {
  const part = `class WorkshopError extends Error { name = "WorkshopError"; code = "usage"; hint = "Do it."; }
throw new WorkshopError("It is not well formed.");
export const scenario = {};
`;
  await expect(loadScenario({ root: lessonWith(part), slug: SLUG })).rejects.toMatchObject({
    code: "usage",
    message: "It is not well formed.",
    hint: "Do it.",
  });
});

test("a build counts while it is newer than every file beside the definition", async () => {
  const root = lessonWith(`export const scenario = { slug: "${SLUG}", title: "source" };\n`);
  const built = join(root, "dist", "scenarios");
  mkdirSync(built, { recursive: true });
  writeFileSync(join(built, `${SLUG}.js`), `export const scenario = { slug: "${SLUG}", title: "built" };\n`);
  const at = (file: string, seconds: number): void => utimesSync(file, seconds, seconds);
  const folder = join(root, "scenarios", SLUG);
  at(join(folder, "scenario.ts"), 1000);
  at(join(folder, "part.ts"), 1000);
  at(join(built, `${SLUG}.js`), 2000);
  expect(await loadScenario({ root, slug: SLUG })).toMatchObject({ title: "built" });
  at(join(folder, "part.ts"), 3000);
  expect(await loadScenario({ root, slug: SLUG })).toMatchObject({ title: "source" });
});
