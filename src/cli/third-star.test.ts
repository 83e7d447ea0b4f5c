/** The third star is not awarded on the word of a process that the handlers live in. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadScenario } from "../scenario/index.ts";
import type { Star, Verdict } from "../vocabulary.ts";
import { checkHandlers } from "./check-handlers.ts";
import { DEFAULT_BUDGET } from "./check-settings.ts";

const root = join(import.meta.dirname, "../..");
const slug = "stale-statistics";
const folder = join(root, "scenarios", slug);

/** Reads and writes of a dataset wait for each other, in this process. */
const ALONE = `
const shared = Buffer as unknown as { locks?: Map<string, Promise<unknown>> };
const locks = (shared.locks ??= new Map());
export function alone<T>(id: string | undefined, body: () => Promise<T>): Promise<T> {
  const mine = (locks.get(id ?? "") ?? Promise.resolve()).then(body, body);
  locks.set(id ?? "", mine.catch(() => undefined));
  return mine;
}
`;

function lockedHandlers(): Map<string, string> {
  const locked = (file: string, name: string): string =>
    readFileSync(join(folder, file), "utf8").replace(`export async function ${name}(`, "async function unlocked(")
      .concat(`import { alone } from "./alone.ts";
export function ${name}(c: Context): Promise<Response> { return alone(c.req.param("id"), () => unlocked(c)); }`);
  return new Map([
    ["alone.ts", ALONE],
    ["statistics.ts", locked("starter/statistics.ts", "getDatasetStatistics")],
    ["downloads.ts", locked("accepted/delete-after-write/downloads.ts", "downloadDataset")],
  ]);
}

async function checkDemanding(stars: Star): Promise<Verdict> {
  const scenario = await loadScenario({ root, slug });
  const without = { properties: ["survives-outage"], repairs: [] }; // the other property of this star is not the point
  const settings = { seed: "third", stars, budget: DEFAULT_BUDGET, thorough: false, without } as const;
  return await checkHandlers({ root, scenario, files: lockedHandlers(), settings });
}

test("a lock that both instances share only when they live together earns two stars", { timeout: 60_000 }, async () => {
  const verdict = await checkDemanding(2);
  expect(verdict).toMatchObject({ verdict: "pass", stars: 2 });
  expect(verdict.properties.find(({ id }) => id === "fresh-under-race")?.outcome).toBe("broken");
});

test("and fails where three are demanded", { timeout: 60_000 }, async () => {
  const verdict = await checkDemanding(3);
  expect(verdict).toMatchObject({ verdict: "fail", stars: 2, counterexample: { property: "fresh-under-race" } });
});
