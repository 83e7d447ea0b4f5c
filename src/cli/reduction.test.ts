/** The explorer's one reduction, on real handlers: timers that do nothing are passed over, and no verdict changes. */
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadScenario } from "../scenario/index.ts";
import type { Verdict } from "../vocabulary.ts";
import { checkHandlers } from "./check-handlers.ts";
import { handlersWith } from "./checked-folder.test-support.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "../..");
const DELETE = /await (cache\.delete\(.*\));/u;

async function verdicts(files: ReadonlyMap<string, string>): Promise<{ reduced: Verdict; full: Verdict }> {
  const scenario = await loadScenario({ root, slug: "stale-statistics" });
  const verdictOf = async (reduction: boolean): Promise<Verdict> => {
    const without = { properties: [], repairs: [], reduction };
    const settings = { seed: "test", stars: 2, budget: 20_000, thorough: false, without } as const;
    return await checkHandlers({ root, scenario, files, settings });
  };
  return { reduced: await verdictOf(false), full: await verdictOf(true) };
}

function told({ verdict, stars, cause, properties }: Verdict): object {
  return { verdict, stars, cause, properties: properties.map(({ id, outcome }) => [id, outcome]) };
}

/** A limit for the delete that nobody clears. */
const LIMITED = `await Promise.race([$1, new Promise((_, fail) => setTimeout(() => fail(new Error("slow")), 200))]);`;

test("a limit that nobody clears: the same verdict, from fewer schedules", async () => {
  const { reduced, full } = await verdicts(limited(LIMITED));
  expect(told(reduced)).toEqual(told(full));
  expect(reduced).toMatchObject({ verdict: "pass", stars: 2 });
  expect(reduced.explored.schedules).toBeLessThan(full.explored.schedules * 0.6);
});

test.each([
  ["a delete that comes late", "setTimeout(() => void $1, 500);", "delete-not-awaited"],
  ["a second delete that comes late", "await $1;\n  setTimeout(() => void $1, 500);", null],
  [
    "a limit that nobody clears, around a delete that comes late",
    `${LIMITED.replace("$1", "pause()")} void $1;`,
    "delete-not-awaited",
  ],
])("%s: the same verdict", async (_, to, cause) => {
  const { reduced, full } = await verdicts(limited(to));
  expect(told(reduced)).toEqual(told(full));
  expect(reduced.cause).toBe(cause);
});

function limited(to: string): Map<string, string> {
  const files = handlersWith({});
  const text = files.get("downloads.ts") ?? "";
  const changed = text.replace(DELETE, to);
  expect(changed).not.toBe(text);
  const pause = "\nconst pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));\n";
  return files.set("downloads.ts", `${changed}${pause}`);
}
