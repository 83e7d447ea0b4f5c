/**
 * A whole check as a person waits for it: `test-your-fix` on the reference fix, complete at the default bound and
 * confirmed, against a Node that does nothing and against a test runner with one trivial test.
 */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ratio, compare } from "./compare.ts";
import { referenceFix, root, slug, writeFiles } from "./reference-fix.ts";
import { inScratchFolder, runCommand, runNode } from "./run-command.ts";

const TURNS = 15;

export async function measureChecks(): Promise<readonly Ratio[]> {
  const files = await referenceFix();
  return inScratchFolder(async (scratch) => {
    const fix = join(scratch, "fix");
    writeFiles(fix, files);
    const ours = (): void => runCommand(["test-your-fix", slug, "--handlers", fix, "--json"]);
    const tests = trivialTest(join(scratch, "tests"));
    return [
      toRatio("check of the reference fix, time against `node -e 0`", 10, {
        ...(await compare({ ours, baseline: () => runNode(["-e", "0"]), turns: TURNS })),
      }),
      toRatio("check of the reference fix, time against vitest on one trivial test", 0.5, {
        ...(await compare({ ours, baseline: tests, turns: TURNS })),
      }),
    ];
  });
}

function toRatio(what: string, most: number, times: { ours: number; baseline: number }): Ratio {
  return {
    what,
    measured: times.ours / times.baseline,
    bound: { at: "most", value: most },
    unit: "×",
    detail: `${times.ours.toFixed(0)} ms, ${times.baseline.toFixed(0)} ms`,
  };
}

/** A folder with a test that holds and the test runner, without any setting of this project. */
function trivialTest(folder: string): () => void {
  const packages = join(folder, "node_modules");
  mkdirSync(packages, { recursive: true });
  const vitest = join(root, "node_modules", "vitest");
  symlinkSync(vitest, join(packages, "vitest"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "trivial.test.js"),
    'import { expect, test } from "vitest";\ntest("adds", () => expect(1 + 1).toBe(2));\n',
  );
  return () => runNode([join(vitest, "vitest.mjs"), "run"], { cwd: folder });
}
