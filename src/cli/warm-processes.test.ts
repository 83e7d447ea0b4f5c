/** Processes that were ready before anybody asked: the same verdicts as from fresh ones, and nothing left behind. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { constants, getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { loadScenario, starterFiles } from "../scenario/index.ts";
import type { Verdict } from "../vocabulary.ts";
import { checkHandlers, type CheckTask } from "./check-handlers.ts";
import { DEFAULT_BUDGET } from "./check-settings.ts";
import { handlersWith } from "./checked-folder.test-support.ts";
import { openWarmProcesses } from "./warm-processes.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "../..");
const slug = "stale-statistics";
const without = { properties: [], repairs: [] };

async function verdictOn(files: CheckTask["files"], processes?: CheckTask["processes"]): Promise<Verdict> {
  const scenario = await loadScenario({ root, slug });
  const settings = { seed: "warm test", stars: 2, budget: DEFAULT_BUDGET, thorough: false, without } as const;
  const task = { root, scenario, files, settings };
  const verdict = await checkHandlers(processes === undefined ? task : { ...task, processes });
  return { ...verdict, timing: {} };
}

test("warm processes give the verdicts of fresh ones, whatever they were given before, and leave nothing", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "warm-"));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  vi.stubEnv("TMPDIR", temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const [wrong, right] = [await starterFiles({ root, slug }), handlersWith({})];
  const warm = await openWarmProcesses({ root, scenario: await loadScenario({ root, slug }) });
  for (const files of [wrong, right, wrong]) {
    expect(await verdictOn(files, warm)).toEqual(await verdictOn(files));
    warm.refill();
  }
  await warm.close();
  expect(readdirSync(temporary)).toEqual([]);
  expect(ourChildren()).toEqual([]);
});

test("a process that has ended meanwhile is not handed out", async () => {
  const warm = await openWarmProcesses({ root, scenario: await loadScenario({ root, slug }) });
  onTestFinished(() => warm.close());
  const spare = ourChildren();
  expect(spare.length).toBeGreaterThanOrEqual(3);
  for (const pid of spare) process.kill(pid, "SIGKILL");
  await vi.waitUntil(() => ourChildren().length === 0);
  expect((await verdictOn(handlersWith({}), warm)).verdict).toBe("pass");
});

test("who confirms gives way to who looks for a failure", async () => {
  const warm = await openWarmProcesses({ root, scenario: await loadScenario({ root, slug }) });
  onTestFinished(() => warm.close());
  const mine = getPriority();
  const prioritiesOf = (name: string): number[] => ourChildren(name).map((pid) => getPriority(pid));
  expect(prioritiesOf("explore")).toEqual([mine, mine]);
  expect(prioritiesOf("judge")).toEqual([Math.max(mine, constants.priority.PRIORITY_LOW)]);
});

function ourChildren(name = "(?:explore|judge|confirm)"): number[] {
  const rows = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" }).split(
    "\n",
  );
  return rows.filter((row) => new RegExp(`${name}-process`, "u").test(row)).map((row) => Number.parseInt(row, 10));
}
