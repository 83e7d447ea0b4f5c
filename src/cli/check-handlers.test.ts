/** A check from texts to verdict, in this process: whose numbers a success tells, and what an interruption leaves. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { loadScenario } from "../scenario/index.ts";
import type { VerdictKind } from "../vocabulary.ts";
import { checkHandlers, type CheckTask } from "./check-handlers.ts";
import { DEFAULT_BUDGET, exitCodeOf } from "./check-settings.ts";
import { handlersWith } from "./checked-folder.test-support.ts";
import { commandLine } from "./command-line.ts";
import { inParallel } from "./in-parallel.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "../..");

async function task(changes: Partial<CheckTask> = {}): Promise<CheckTask> {
  const settings = {
    seed: "test",
    stars: 2,
    budget: DEFAULT_BUDGET,
    thorough: false,
    without: { properties: [], repairs: [] },
  } as const;
  return {
    root,
    scenario: await loadScenario({ root, slug: "stale-statistics" }),
    files: handlersWith({}),
    settings,
    ...changes,
  };
}

/** A house with one changed lesson: only seven people come. */
function houseOfSeven(): string {
  const house = mkdtempSync(join(tmpdir(), "seven-"));
  onTestFinished(() => rmSync(house, { recursive: true }));
  for (const shared of ["src", "node_modules", "package.json"]) symlinkSync(join(root, shared), join(house, shared));
  const lesson = join(house, "scenarios/stale-statistics");
  cpSync(join(root, "scenarios/stale-statistics"), lesson, { recursive: true });
  const story = readFileSync(join(lesson, "story.ts"), "utf8");
  writeFileSync(join(lesson, "story.ts"), story.replace("count: 20,", "count: 7,"));
  return house;
}

test("a success tells the numbers of its own run: other people in the story, other numbers", async () => {
  const house = houseOfSeven();
  const scenario = await loadScenario({ root: house, slug: "stale-statistics" });
  const { verdict, success } = await checkHandlers(await task({ root: house, scenario }));
  expect({ verdict, success }).toEqual({ verdict: "pass", success: { before: 15 + 7, after: 15 + 7 + 1 } });
});

test("an interrupted check has no verdict and leaves nothing", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "interrupted-"));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  vi.stubEnv("TMPDIR", temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const interruption = new AbortController();
  const checking = checkHandlers(await task({ signal: interruption.signal }));
  interruption.abort();
  await expect(checking).rejects.toMatchObject({ name: "AbortError" });
  expect(readdirSync(temporary)).toEqual([]);
});

test("every verdict has the exit code that scripts rely on", () => {
  const codes: Record<VerdictKind, number> = {
    pass: 0,
    fail: 1,
    inconclusive: 3,
    crashed: 4,
    "timed-out": 5,
    "broken-environment": 6,
    "checker-bug": 70,
  };
  for (const kind of Object.keys(codes) as VerdictKind[]) expect([kind, exitCodeOf(kind)]).toEqual([kind, codes[kind]]);
});

test("a few at a time keep the list's order, whoever ends first", async () => {
  let running = 0;
  let most = 0;
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const work = async (n: number): Promise<number> => {
    most = Math.max(most, ++running);
    gates.at(-1 - n)?.resolve(); // the last opens the first, and so on inwards
    if (n >= 2) await gates[n]?.promise;
    running -= 1;
    return n * 10;
  };
  expect(await inParallel({ items: [0, 1, 2, 3, 4], atOnce: 3, work })).toEqual([0, 10, 20, 30, 40]);
  expect(most).toBeLessThanOrEqual(3);
  expect(await inParallel({ items: [], atOnce: 3, work })).toEqual([]);
  await expect(inParallel({ items: [1], atOnce: 0, work: () => Promise.reject(new Error("first")) })).rejects.toThrow(
    "first",
  );
});

test("commands are printed as they can be typed", () => {
  expect(commandLine(["test-your-fix", "--handlers", "./mine"])).toBe(
    "npx stale-stats test-your-fix --handlers ./mine",
  );
  expect(commandLine(["--handlers", 'Übung "eins"'])).toBe(String.raw`npx stale-stats --handlers "Übung \"eins\""`);
  expect(commandLine(["--seed", "a;b"])).toBe('npx stale-stats --seed "a;b"');
});
