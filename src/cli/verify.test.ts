/** The matrix over small lessons made for the test: what comes out as declared, what does not, and what nobody tests. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type RecordingIo, recordingIo } from "./recording-io.test-support.ts";
import { run } from "./verify.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const shipped = join(import.meta.dirname, "../../scenarios/stale-statistics");
const RIGHT = JSON.parse(readFileSync(join(shipped, "accepted/delete-after-write/fix.json"), "utf8")) as object;
const WRONG = {
  title: "Another key",
  star: 1,
  property: "fresh-in-sequence",
  verdict: "fail",
  cause: "wrong-key",
  why: "Nobody reads it.",
};

interface Fix {
  readonly folder: string;
  readonly manifest: object;
  /** Put in place of the reference's delete; absent: the reference as it is. */
  readonly instead?: string;
}

/** A repository whose only scenario is the shipped one, with these fixes and no others. */
function lessonWith(...fixes: readonly Fix[]): RecordingIo {
  const root = mkdtempSync(join(tmpdir(), "verify-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(shipped, "../../package.json"), join(root, "package.json"));
  const lesson = join(root, "scenarios/stale-statistics");
  cpSync(join(shipped, "starter"), join(lesson, "starter"), { recursive: true });
  for (const kind of ["accepted", "rejected"]) mkdirSync(join(lesson, kind));
  writeFileSync(
    join(lesson, "scenario.ts"),
    `export { scenario } from ${JSON.stringify(join(shipped, "scenario.ts"))};`,
  );
  const reference = readFileSync(join(shipped, "accepted/delete-after-write/downloads.ts"), "utf8");
  for (const { folder, manifest, instead } of fixes) {
    mkdirSync(join(lesson, folder));
    writeFileSync(join(lesson, folder, "fix.json"), JSON.stringify(manifest));
    const text = instead === undefined ? reference : reference.replace(/await cache\.delete\(.*\);/u, () => instead);
    writeFileSync(join(lesson, folder, "downloads.ts"), text);
  }
  const io = recordingIo({ root });
  onTestFinished(io.remove);
  return io;
}

interface Matrix {
  readonly rows: readonly { readonly name: string; readonly ok: boolean }[];
  readonly problems: readonly string[];
}

function matrixOf(io: RecordingIo): Matrix {
  return JSON.parse(io.printed()) as Matrix;
}

const WRONG_KEY = "await cache.delete(`stats_${id}`);";

test("rows that come out as declared are fine, those that do not are named, and so are idle properties", async () => {
  const io = lessonWith(
    { folder: "accepted/honest", manifest: { ...RIGHT, stars: 2 } },
    { folder: "accepted/boasting", manifest: { ...RIGHT, stars: 3, reference: undefined } },
    { folder: "rejected/wrong-key-honest", manifest: WRONG, instead: WRONG_KEY },
    {
      folder: "rejected/never-invalidated-mistaken",
      manifest: { ...WRONG, cause: "never-invalidated" },
      instead: WRONG_KEY,
    },
  );
  expect(await run({ json: true }, io)).toBe(1);
  const { rows, problems } = matrixOf(io);
  expect(rows.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(["starter", "honest", "wrong-key-honest"]);
  expect(problems).toEqual(
    expect.arrayContaining([
      "accepted/boasting: stars: expected 3, got 2",
      "rejected/never-invalidated-mistaken: cause: expected never-invalidated, got wrong-key",
      "precise: no rejected fix is killed by it",
    ]),
  );
  expect(problems).toContain("hints.md: wrong-key has no section");
  expect(problems.filter((text) => text.startsWith("fresh-in-sequence:"))).toEqual([]);
  expect(problems.filter((text) => /\/(?:honest|wrong-key-honest):/u.test(text))).toEqual([]);
});

test("what has no manifest is told with everything else that is missing, and nothing is run before it is there", async () => {
  const io = lessonWith({ folder: "accepted/honest", manifest: {} });
  expect(await run({}, io)).toBe(1);
  const told = io.printed().replaceAll(/\s+/gu, " ");
  expect(told).toContain('- accepted/honest/fix.json is not a valid manifest: "title" must be');
  expect(told).toContain("→ correct the file; the fixes beside it show the fields");
  expect(told).toContain("- rejected: there is no fix in it");
  expect(told).toMatch(/ nothing was run, 6 problems $/u);
});

test("a definition that cannot be loaded is a problem like any other", async () => {
  const io = lessonWith({ folder: "accepted/honest", manifest: RIGHT });
  writeFileSync(join(io.root, "scenarios/stale-statistics/scenario.ts"), "export const scenario = {};\n");
  expect(await run({ json: true }, io)).toBe(1);
  expect(matrixOf(io).problems[0]).toMatch(/^scenario\.ts: .*does not export a scenario with the slug/u);
});

test("every verdict of a repeated matrix is the same, however many checks run at once", async () => {
  const io = lessonWith(
    { folder: "accepted/honest", manifest: RIGHT },
    { folder: "rejected/wrong-key", manifest: WRONG, instead: WRONG_KEY },
  );
  await run({ json: true, repeat: 2, load: true }, io);
  expect(io.complained()).toContain("round 2 of 2");
  const { problems } = matrixOf(io);
  const incomplete = /^(?:README|guide|hints|prompts)\.md: |no rejected fix is killed by it$/u;
  expect(problems.filter((text) => !incomplete.test(text))).toEqual([]);
});

test("a repository without scenarios has nothing to prove, which is no success", async () => {
  const root = mkdtempSync(join(tmpdir(), "verify-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "scenarios"));
  const io = recordingIo({ root });
  onTestFinished(io.remove);
  await expect(run({}, io)).rejects.toMatchObject({ code: "environment" });
});

test("an unknown scenario is a usage error", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await expect(run({ scenario: "stale-statistic" }, io)).rejects.toMatchObject({ code: "usage" });
});
