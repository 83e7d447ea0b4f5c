/** The comparison with the real scenario's fixes: what is shown against whose files. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadFixes } from "../scenario/index.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import type { RecordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";
import { run } from "./show-reference.ts";

const scenario = "stale-statistics";

async function workshop(changes: Parameters<typeof recordingIo>[0] = {}): Promise<RecordingIo> {
  const io = recordingIo(changes);
  onTestFinished(io.remove);
  await setUp({ scenario }, io);
  return io;
}

test("shows the reference as a diff against the participant's files, with its reasons", async () => {
  const io = await workshop();
  expect(await run({ scenario }, io)).toBe(0);
  expect(io.printed()).toContain("From your files to this fix:");
  expect(io.printed()).toMatch(/^-.*\n(?:.*\n)*?\+.*cache/m);
  for (const heading of ["Why it is right", "In operation", "What it still misses"])
    expect(io.printed()).toContain(heading);
  expect(io.printed()).not.toContain("\u001B");
});

test("removed lines are red and added ones green where there is colour", async () => {
  const io = await workshop({ color: true });
  await run({ scenario }, io);
  expect(io.printed()).toContain("\u001B[31m-");
  expect(io.printed()).toContain("\u001B[32m+");
});

test("says so when the participant's files are the fix", async () => {
  const io = await workshop();
  const [reference] = await loadFixes({ root: io.root, slug: scenario, kind: "accepted" });
  for (const [name, text] of reference?.overlay ?? []) writeFileSync(join(io.cwd, "workshop", scenario, name), text);
  await run({ scenario }, io);
  expect(io.printed()).toContain("No difference");
});

test("--list names every accepted fix; each of them can be shown in full", async () => {
  const io = await workshop();
  await run({ scenario, list: true }, io);
  const fixes = await loadFixes({ root: io.root, slug: scenario, kind: "accepted" });
  for (const { name, manifest, overlay } of fixes) {
    expect(io.printed()).toContain(name);
    await run({ scenario, strategy: name, full: true }, io);
    expect(io.printed()).toContain(manifest.title);
    for (const text of overlay.values()) expect(io.printed()).toContain(text);
  }
});

test("without a set-up the shipped files stand in", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await run({ scenario }, io);
  expect(io.printed()).toContain("the shipped files (nothing is set up here)");
});

test("an unknown strategy is answered with the names there are", async () => {
  const io = await workshop();
  await expect(run({ scenario, strategy: "magic" }, io)).rejects.toMatchObject({
    code: "usage",
    hint: expect.stringContaining("write-through"),
  });
});

test("no line of prose is wider than the terminal", async () => {
  const io = recordingIo({ width: 60 });
  onTestFinished(io.remove);
  await run({ scenario, list: true }, io);
  const prose = io
    .printed()
    .split("\n")
    .filter((line) => line.startsWith("  ") && !line.includes("npx"));
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test.each([
  ["write-trough", "write-through"],
  ["Write-Through", "write-through"],
  ["generationtoken", "generation-token"],
  ["delete-after-writes", "delete-after-write"],
])("a misspelt strategy (%s) is answered with the nearest one", async (strategy, meant) => {
  const io = await workshop();
  await expect(run({ scenario, strategy }, io)).rejects.toMatchObject({
    code: "usage",
    hint: expect.stringContaining(`Did you mean "${meant}"?`),
  });
});
