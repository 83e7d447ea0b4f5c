/** The verdict as people get it from the command: exit codes, words, one JSON object, and nothing left behind. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { ended, folderWith, handlersWith } from "./checked-folder.test-support.ts";

const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, "../../schema/verdict-v1.json"), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const starter = handlersWith({ base: "starter" });
const reference = handlersWith({});

test("a right fix passes with 0, with the story's counts and what was checked", async () => {
  const { code, out, err } = await folderWith(reference).check();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const line of ["SUCCESS! Cache invalidation is working!", "Before download: 35", "After download: 36"])
    expect(out).toContain(line);
  expect(out).toContain("complete");
  expect(out).not.toContain("FAIL");
});

test("the starter fails with 1, with its cause, its line, and a way on", async () => {
  const { code, out, err } = await folderWith(starter).check();
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toContain("FAIL!");
  for (const part of ["never-invalidated", "downloads.ts:", "--replay r1.", "HINT", "NEXT STEP"])
    expect(out).toContain(part);
  expect(out).not.toContain("SUCCESS");
});

test("nothing incomplete passes: a tiny budget is inconclusive, with 3", async () => {
  const { code, out } = await folderWith(reference).check("--json", "--budget", "5");
  expect(code).toBe(3);
  const verdict = JSON.parse(out) as Verdict;
  expect(verdict).toMatchObject({ verdict: "inconclusive", stars: 0, success: null, explored: { complete: false } });
  expect(verdict.explored.schedules).toBeLessThanOrEqual(5);
  const unreached = verdict.properties.filter(({ claim }) => claim.schedules === 0);
  expect(unreached.length).toBeGreaterThan(0);
  expect(unreached.map(({ outcome }) => outcome)).toEqual(unreached.map(() => "not-run"));
  expect(validate(verdict)).toBe(true);
});

test("one JSON object, valid, the same bytes for the same seed on a busy machine, and a pass for another seed", async () => {
  const folder = folderWith(reference);
  const quiet = await folder.check("--json", "--seed", "seed one");
  const burners = Array.from({ length: availableParallelism() }, () => spawn(execPath, ["-e", "for (;;) {}"]));
  onTestFinished(() => burners.forEach((burner) => void burner.kill("SIGKILL")));
  const busy = await folder.check("--json", "--seed", "seed one");
  burners.forEach((burner) => burner.kill("SIGKILL"));
  expect(withoutTiming(busy.out)).toBe(withoutTiming(quiet.out));
  expect([quiet.code, quiet.err]).toEqual([0, ""]);
  expect(validate(JSON.parse(quiet.out))).toBe(true);
  const other = await folder.verdict("--seed", "seed two");
  expect(other).toMatchObject({ verdict: "pass", explored: { seed: "seed two" } });
});

test("a failure's JSON is valid, and the same bytes twice", async () => {
  const folder = folderWith(starter);
  const [one, two] = [await folder.check("--json"), await folder.check("--json")];
  expect(withoutTiming(two.out)).toBe(withoutTiming(one.out));
  expect(one.code).toBe(1);
  expect(validate(JSON.parse(one.out))).toBe(true);
});

test("an endless loop is timed out with 5, at its line", async () => {
  const loop = handlersWith({
    from: "  const downloadedAt",
    to: "  for (;;) if (id < 0) break;\n  const downloadedAt",
  });
  const verdict = await folderWith(loop).verdict();
  expect(verdict).toMatchObject({
    verdict: "timed-out",
    cause: "endless-loop",
    fault: { location: { file: "downloads.ts" } },
  });
  expect(validate(verdict)).toBe(true);
});

test("a promise that never resolves is timed out with 5", async () => {
  const never = handlersWith({
    from: "  const downloadedAt",
    to: "  await new Promise(() => {});\n  const downloadedAt",
  });
  const { code, out } = await folderWith(never).check("--json");
  expect(code).toBe(5);
  expect(JSON.parse(out)).toMatchObject({ verdict: "timed-out", cause: "never-answers" });
});

test.each([
  [["--handlers", "nowhere"], "nowhere is not a folder"],
  [["--handlers", "handlers/downloads.ts"], "is not a folder"],
  [["--stars", "4"], "whole number from 1 to 3"],
  [["--budget", "0"], "whole number"],
  [["--replay", "nonsense"], "replay"],
  [["--repaly", "x"], "Did you mean --replay?"],
])("%j is a usage error, with 2: %s", async (args, told) => {
  const { code, out, err } = await folderWith(starter).check(...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.replaceAll(/\s+/gu, " ")).toContain(told);
  expect(err).not.toContain("    at ");
});

test("without a set-up it says which command to run, with 6", async () => {
  const folder = folderWith(starter);
  const child = spawn(execPath, [join(import.meta.dirname, "../../bin/stale-stats.js"), "test-your-fix"], {
    cwd: folder.cwd,
  });
  const { code, err } = await ended(child);
  expect(code).toBe(6);
  expect(err).toContain("npx stale-stats setup-test-data stale-statistics");
});

test.each([
  ["missing", (file: string): void => rmSync(file)],
  ["empty", (file: string): void => writeFileSync(file, " \n")],
])("a handler file that is %s is said in words, with its name and without a stack", async (_, spoil) => {
  const folder = folderWith(starter);
  spoil(join(folder.cwd, "handlers", "downloads.ts"));
  const { code, out, err } = await folder.check();
  expect(code).toBeGreaterThan(0);
  expect(`${out}${err}`).toContain("downloads.ts");
  expect(`${out}${err}`).not.toContain("SUCCESS");
  expect(`${out}${err}`).not.toContain("    at ");
});

test("a renamed handler file is missed under its own name", async () => {
  const renamed = new Map([...starter].map(([name, text]) => [name === "downloads.ts" ? "download.ts" : name, text]));
  const { code, out, err } = await folderWith(renamed).check();
  expect(code).toBeGreaterThan(0);
  expect(`${out}${err}`).toContain("downloads.ts");
});

test("a reader that stops reading does no harm", async () => {
  const folder = folderWith(starter);
  const child = folder.start();
  child.stdout?.destroy();
  const { code, err } = await ended(child);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(readdirSync(folder.temporary)).toEqual([]);
});

test.runIf(process.platform === "linux")("Ctrl-C ends with 130, no process and no temporary file left", async () => {
  const slow = handlersWith({
    from: "  const downloadedAt",
    to: "  for (;;) if (id < 0) break;\n  const downloadedAt",
  });
  const folder = folderWith(slow);
  const child = folder.start();
  const ending = ended(child);
  await appearanceIn(folder.temporary);
  expect(processesOf(folder.temporary).length).toBeGreaterThan(1);
  child.kill("SIGINT");
  expect(await ending).toMatchObject({ code: 130, out: "" });
  expect(processesOf(folder.temporary)).toEqual([]);
  expect(readdirSync(folder.temporary)).toEqual([]);
});

function withoutTiming(json: string): string {
  return json.replace(/"timing": ?\{[^}]*\}/u, "");
}

/** Processes that were given this folder for temporary files, by their command line or environment. */
function processesOf(temporary: string): string[] {
  return readdirSync("/proc").filter((id) => /^\d+$/u.test(id) && about(id).includes(temporary));
}

function about(id: string): string {
  try {
    return readFileSync(`/proc/${id}/environ`, "utf8") + readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    return ""; // it has just ended
  }
}

/** Resolves once something appears in the folder. */
async function appearanceIn(folder: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(folder, () => resolve());
  if (readdirSync(folder).length > 0) resolve();
  await promise;
  watcher.close();
}
