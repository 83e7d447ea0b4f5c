/** Which checks are kept as attempts, by the real command in a real workshop. Needs a build. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { progress } from "../workspace/index.ts";
import { ended, type Ending } from "./checked-folder.test-support.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const scenario = "stale-statistics";
const bin = join(import.meta.dirname, "../../bin/stale-stats.js");

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function stale(cwd: string, ...args: string[]): Promise<Ending> {
  return await ended(spawn(execPath, [bin, ...args], { cwd }));
}

test("a check of the working copy is kept; a replay, and a check of another folder, are not", async () => {
  const cwd = newFolder();
  await stale(cwd, "setup");
  const { code, out } = await stale(cwd, "check", "--json");
  const verdict = JSON.parse(out) as Verdict;
  await stale(cwd, "check", "--json", "--replay", verdict.counterexample?.replay ?? "");
  await stale(cwd, "check", "--json", "--handlers", join("workshop", scenario));
  const attempts = await progress.listAttempts({ home: join(cwd, "workshop"), slug: scenario });
  expect(code).toBe(1);
  expect(attempts).toMatchObject([
    {
      scenario,
      attempt: null,
      verdict: "fail",
      cause: "never-invalidated",
      property: verdict.counterexample?.property,
      stars: 0,
      requiredStars: 2,
      milliseconds: verdict.timing["total"],
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
    },
  ]);
});

test("garbage in place of the progress costs a line on standard error, and neither the verdict nor the file", async () => {
  const cwd = newFolder();
  await stale(cwd, "setup");
  const data = join(cwd, "workshop", scenario, ".stale-stats");
  writeFileSync(join(data, "workshop.db"), "a shopping list, long enough to be taken for one");
  const { code, out, err } = await stale(cwd, "check", "--json", "--budget", "1");
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ verdict: "inconclusive" });
  expect(err).toMatch(/^note {2}Not recorded: .*setup-test-data.*\n$/u);
  await stale(cwd, "setup");
  expect(readdirSync(data)).toContain("workshop.db.unreadable-1");
});

test("two checks at the same time are both kept", async () => {
  const cwd = newFolder();
  await stale(cwd, "setup");
  const endings = await Promise.all([1, 2].map(() => stale(cwd, "check", "--json", "--budget", "1")));
  expect(endings.map(({ err }) => err)).toEqual(["", ""]);
  expect(await progress.listAttempts({ home: join(cwd, "workshop"), slug: scenario })).toHaveLength(2);
});

test("without a database a check is a check", async () => {
  const cwd = newFolder();
  await stale(cwd, "setup");
  rmSync(join(cwd, "workshop", scenario, ".stale-stats"), { recursive: true });
  expect(await stale(cwd, "check", "--json", "--budget", "1")).toMatchObject({ code: 3, err: "" });
});
