/** `report` against real workshops: what it writes, what it refuses to overwrite, what it says. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, onTestFinished, test } from "vitest";
import { recordVerdict } from "./recorded-verdict.test-support.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { renderReportDone } from "./report-text.ts";
import { makeReport, run } from "./report.ts";
import { run as setUp } from "./setup-test-data.ts";

const scenario = "stale-statistics";
const USUAL = "stale-stats-report.html";

function newIo(): RecordingIo {
  const io = recordingIo();
  onTestFinished(io.remove);
  return io;
}

async function workshop(): Promise<RecordingIo> {
  const io = newIo();
  await setUp({ scenario }, io);
  await recordVerdict(io, { at: "2026-01-01T10:00:00.000Z", timing: { total: 12.5 } });
  await recordVerdict(io, { at: "2026-01-01T10:04:00.000Z", verdict: "pass", cause: null, stars: 2 });
  return io;
}

function written(io: RecordingIo, name = USUAL): string {
  return readFileSync(join(io.cwd, name), "utf8");
}

test("it writes a page beside the workshop, says what it holds, and replaces it the next time", async () => {
  const io = await workshop();
  expect(await run({}, io)).toBe(0);
  expect(written(io)).toContain("Passed at attempt 2, after 4 min.");
  expect(io.printed()).toContain(`REPORT: ${USUAL}`);
  expect(io.printed()).toContain(`${scenario}  ★★☆  2 attempts, passed at the 2nd`);
  expect(io.printed()).toContain("npx stale-stats report --open");
  await recordVerdict(io, { at: "2026-01-01T10:06:00.000Z" });
  await run({}, io);
  expect(written(io)).toContain("attempt 3");
  expect(readdirSync(io.cwd).sort()).toEqual([USUAL, "workshop"]);
});

test("its JSON keeps the published schema and has the records as they are", async () => {
  const io = await workshop();
  const before = io.printed().length;
  expect(await run({ scenario, json: true }, io)).toBe(0);
  const printed: unknown = JSON.parse(io.printed().slice(before));
  const isValid = new Ajv2020().compile(JSON.parse(readFileSync(join(io.root, "schema/report-v1.json"), "utf8")));
  isValid(printed);
  expect(isValid.errors ?? []).toEqual([]);
  expect(printed).toMatchObject({
    scenarios: [
      {
        slug: scenario,
        firstPass: { attempts: 2, millisecondsSpent: 240_000, millisecondsElapsed: 240_000 },
        attempts: [{ at: "2026-01-01T10:00:00.000Z", milliseconds: 12.5, cause: "wrong-key" }, { verdict: "pass" }],
        events: [{ kind: "set-up" }],
      },
    ],
  });
  expect(readdirSync(io.cwd)).toEqual(["workshop"]);
});

test("the time of a report is given, and its folder goes without the way to it", async () => {
  const io = newIo();
  const report = await makeReport({ writtenAt: "2026-01-02T03:04:05.000Z" }, { ...io, cwd: join(io.cwd, "ada") });
  expect(report).toMatchObject({ folder: "ada", writtenAt: "2026-01-02T03:04:05.000Z", schemaVersion: 1 });
});

test("before the first attempt it says what to do, with and without a set-up", async () => {
  const io = newIo();
  expect(await run({}, io)).toBe(0);
  expect(written(io)).toContain(`npx stale-stats setup-test-data ${scenario}`);
  expect(io.printed()).toContain(`begin with   npx stale-stats setup-test-data ${scenario}`);
  await setUp({ scenario }, io);
  await run({ scenario }, io);
  expect(written(io)).toContain(`npx stale-stats test-your-fix ${scenario}`);
});

test("a damaged database is told on the page, and the report still ends well", async () => {
  const io = await workshop();
  writeFileSync(join(io.cwd, "workshop", scenario, ".stale-stats", "workshop.db"), "a shopping list, long enough");
  expect(await run({}, io)).toBe(0);
  expect(written(io)).toContain("is not a workshop database");
  expect(io.printed()).toContain("records cannot be read");
});

test("a file that no report wrote is left alone", async () => {
  const io = await workshop();
  for (const text of ["my notes", ""]) {
    writeFileSync(join(io.cwd, "notes.html"), text);
    const said = { code: "environment", message: expect.stringContaining("no report of stale-stats wrote it") };
    await expect(run({ out: "notes.html" }, io)).rejects.toMatchObject(said);
    expect(written(io, "notes.html")).toBe(text);
  }
});

test.each([
  ["a folder", "workshop", "a folder has that name"],
  ["a folder that is not there", "nowhere/page.html", "its folder is not there"],
  ["a path through a file", "file/page.html", "a file is in the way"],
])("%s in place of the page is said in words", async (_what, out, reason) => {
  const io = newIo();
  mkdirSync(join(io.cwd, "workshop"));
  writeFileSync(join(io.cwd, "file"), "");
  await expect(run({ out }, io)).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining(reason),
    hint: expect.stringContaining("--out"),
  });
});

test.each([[{ json: true, out: "a.html" }], [{ json: true, open: true }], [{ scenario: "stale-statistic" }]])(
  "%o is a usage error and writes nothing",
  async (options) => {
    const io = newIo();
    await expect(run(options, io)).rejects.toMatchObject({ code: "usage" });
    expect(readdirSync(io.cwd)).toEqual([]);
    expect(io.printed()).toBe("");
  },
);

test("what the terminal says fits forty columns and plain letters", async () => {
  const io = newIo();
  const report = await makeReport({ scenario, writtenAt: "2026-01-02T03:04:05.000Z" }, io);
  const look = { color: false, emoji: false, width: 40 };
  const lines = renderReportDone({ report, file: "a.html", openCommand: "open it" }, look).split("\n");
  // A command must survive copying, so it runs over rather than being broken.
  expect(lines.filter((line) => line.length > 40)).toEqual([`    npx stale-stats setup-test-data ${scenario}`]);
  expect(lines.slice(0, 4)).toEqual(["REPORT: a.html", `  ${scenario}  ---  not set up`, "", "NEXT STEP:"]);
});
