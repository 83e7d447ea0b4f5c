/** The command with the real scenario: what it says, and that what it made is what it said. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { recordingIo } from "./recording-io.test-support.ts";
import type { RecordingIo } from "./recording-io.test-support.ts";
import { run } from "./setup-test-data.ts";

const scenario = "stale-statistics";

function newIo(): RecordingIo {
  const io = recordingIo({ env: { PATH: executables() } });
  onTestFinished(io.remove);
  return io;
}

function executables(): string {
  return execFileSync("node", ["-p", "process.env.PATH"], { encoding: "utf8" }).trim();
}

test("makes the story's data and says what comes next", async () => {
  const io = newIo();
  expect(await run({ scenario }, io)).toBe(0);
  expect(io.printed()).toContain("READY");
  expect(io.printed()).toContain("npx stale-stats demonstrate-problem stale-statistics");
  const db = new Database(join(io.cwd, "workshop", scenario, ".stale-stats", "workshop.db"), { readonly: true });
  const downloads = db
    .prepare("SELECT COUNT(*) AS n FROM audit_logs WHERE dataset_id = 1 AND action = 'download'")
    .get();
  db.close();
  expect(downloads).toEqual({ n: 15 });
});

test("the first commit holds the shipped handlers and no data; it is made once", async () => {
  const io = newIo();
  await run({ scenario }, io);
  const folder = join(io.cwd, "workshop", scenario);
  writeFileSync(join(folder, "downloads.ts"), "// mine\n");
  await run({ scenario }, io);
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  expect(git("log", "--format=%s")).toBe("The handlers as shipped\n");
  expect(git("ls-files").split("\n")).not.toContain(".stale-stats/workshop.db");
  expect(git("status", "--short")).toBe(" M downloads.ts\n");
  expect(io.printed()).toContain("kept      downloads.ts");
});

test("works without git", async () => {
  const io = recordingIo({ env: { PATH: join(import.meta.dirname, "nowhere") } });
  onTestFinished(io.remove);
  expect(await run({ scenario }, io)).toBe(0);
  expect(io.printed()).not.toContain("repository");
});

test("a large history is told in one line without a terminal", async () => {
  const io = newIo();
  await run({ scenario, downloads: 30_000 }, io);
  expect(io.complained()).toMatch(/^inserted 30,000 downloads \([\d,]+ a second\)\n$/);
});

test("the participant's page names the files and the commands, and nothing that gives the fix away", async () => {
  const io = newIo();
  await run({ scenario }, io);
  const page = readFileSync(join(io.cwd, "workshop", scenario, "README.md"), "utf8");
  for (const word of ["downloads.ts", "statistics.ts", "test-your-fix", "demonstrate-problem"])
    expect(page).toContain(word);
  expect(page).not.toMatch(/invalidat|stale (?!stats)|forget|dataset_stats_/i);
});
