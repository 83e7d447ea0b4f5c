/** The list against real workshops: what was reached, what is not set up, and what cannot be read. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { progress } from "../workspace/index.ts";
import { type ListedScenario, renderList } from "./list-text.ts";
import { run } from "./list.ts";
import { recordVerdict } from "./recorded-verdict.test-support.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";
import { timeSpent } from "./time-spent.ts";

const scenario = "stale-statistics";

function newIo(): RecordingIo {
  const io = recordingIo();
  onTestFinished(io.remove);
  return io;
}

async function listed(io: RecordingIo): Promise<ListedScenario> {
  const before = io.printed().length;
  expect(await run({ scenario, json: true }, io)).toBe(0);
  const { scenarios }: { scenarios: [ListedScenario] } = JSON.parse(io.printed().slice(before));
  return scenarios[0];
}

test("without a set-up it lists what there is to learn, and says how to begin", async () => {
  const io = newIo();
  expect(await run({}, io)).toBe(0);
  expect(io.printed()).toContain("not set up");
  expect(io.printed()).toMatch(/npx stale-stats setup-test-data [a-z-]+\n/u);
  expect(await listed(io)).toMatchObject({ slug: scenario, minutes: 12, stars: 0, attempts: 0, setUp: false });
});

test("the shortest lesson stands first", async () => {
  const io = newIo();
  await run({ json: true }, io);
  const { scenarios }: { scenarios: ListedScenario[] } = JSON.parse(io.printed());
  const minutes = scenarios.map((each) => each.minutes);
  expect(minutes).toEqual(minutes.toSorted((one, other) => one - other));
  expect(new Set(minutes).size).toBeGreaterThan(1);
});

test("the best stars, every attempt, and the time in between are counted", async () => {
  const io = newIo();
  await setUp({ scenario }, io);
  expect(await listed(io)).toMatchObject({ stars: 0, attempts: 0, passed: false, setUp: true, trouble: null });
  await recordVerdict(io, { at: "2026-01-01T10:00:00.000Z" });
  await recordVerdict(io, { at: "2026-01-01T10:04:00.000Z", verdict: "pass", cause: null, stars: 2 });
  await recordVerdict(io, { at: "2026-01-01T10:06:00.000Z", stars: 1 });
  const place = { home: join(io.cwd, "workshop"), slug: scenario };
  await progress.recordEvent(place, { at: "2026-01-01T10:07:00.000Z", kind: "reference" });
  const { millisecondsSpent, ...rest } = await listed(io);
  expect(rest).toMatchObject({ stars: 2, attempts: 3, passed: true });
  // The set-up was recorded at another time of day: a pause of unknown length counts fifteen minutes.
  expect(millisecondsSpent).toBe((7 + 15) * 60_000);
  await run({}, io);
  expect(io.printed()).toContain("★★☆  passed, 3 attempts, 22 min spent");
});

test("a damaged database is told beside its scenario, and the list still ends well", async () => {
  const io = newIo();
  await setUp({ scenario }, io);
  const file = join(io.cwd, "workshop", scenario, ".stale-stats", "workshop.db");
  writeFileSync(file, "a shopping list, long enough to be taken for one");
  expect(await listed(io)).toMatchObject({
    attempts: 0,
    trouble: expect.stringContaining("is not a workshop database"),
  });
  await run({}, io);
  expect(io.printed().replaceAll(/\s+/gu, " ")).toContain(`Run: npx stale-stats setup-test-data ${scenario}`);
});

test("an unknown scenario is a usage error", async () => {
  await expect(run({ scenario: "stale-statistic" }, newIo())).rejects.toMatchObject({ code: "usage" });
});

const TINY: ListedScenario = {
  slug: "tiny",
  title: "A tiny lesson",
  teaches: "read a note",
  minutes: 1,
  stars: 1,
  attempts: 1,
  passed: false,
  millisecondsSpent: 125 * 60_000,
  setUp: true,
  trouble: null,
};

test("heads stand in columns, and go below each other in a narrow terminal", () => {
  const rows = [TINY, { ...TINY, slug: "larger", stars: 3 as const, passed: true, attempts: 4, millisecondsSpent: 10 }];
  const wide = renderList(rows, { color: false, emoji: false, width: 80 }).split("\n");
  expect(wide[0]).toBe("tiny    *--  not passed yet, 1 attempt, 2 h 5 min spent");
  expect(wide[3]).toBe("larger  ***  passed, 4 attempts, less than a minute spent");
  expect(wide.slice(-3)).toEqual(["NEXT STEP:", "  check your fix   npx stale-stats test-your-fix tiny", ""]);
  const narrow = renderList(rows, { color: false, emoji: true, width: 30 }).split("\n");
  expect(narrow.slice(0, 3)).toEqual(["tiny    ★☆☆", "  not passed yet, 1 attempt, 2", "  h 5 min spent"]);
});

test.each([
  [{ setUp: false, attempts: 0 }, "set it up   npx stale-stats setup-test-data tiny"],
  [{ attempts: 0 }, "see what people saw   npx stale-stats demonstrate-problem tiny"],
  [{}, "check your fix   npx stale-stats test-your-fix tiny"],
])("with %j, what comes next is: %s", (state, step) => {
  expect(renderList([{ ...TINY, ...state }], { color: false, emoji: false, width: 80 })).toContain(`\n  ${step}\n`);
});

test("pauses count fifteen minutes, the last moment what it took, and nonsense nothing", () => {
  const minute = 60_000;
  const at = (minutes: number): { at: number; milliseconds: number } => ({ at: minutes * minute, milliseconds: 2000 });
  expect(timeSpent([])).toBe(0);
  expect(timeSpent([at(5)])).toBe(2000);
  expect(timeSpent([at(90), at(0), at(3), { at: Number.NaN, milliseconds: 5 }])).toBe((3 + 15) * minute + 2000);
});
