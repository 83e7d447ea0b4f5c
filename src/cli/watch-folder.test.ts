/** When a folder is looked at: with events, and where none arrive. In real folders. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type FolderWatch, openEars, watchFolder } from "./watch-folder.ts";

const never = new AbortController().signal;

test("changes that no event announces are found all the same, and looked for more often from then on", async () => {
  const watching = closedAfterwards(watchFolder(newFolder(), () => ({ close: async () => {} })));
  await watching.occasion(never);
  expect(watching.polling()).toBe(false);
  while (!watching.polling()) {
    watching.changed();
    await watching.occasion(never);
  }
  expect(watching.polling()).toBe(true);
});

test("a save that is announced is no sign of missing events", async () => {
  const folder = newFolder();
  const watching = closedAfterwards(watchFolder(folder));
  for (let ticks = 0; ticks < 3; ticks += 1) await watching.occasion(never);
  writeFileSync(join(folder, "handler.ts"), "saved");
  await watching.occasion(never);
  watching.changed();
  for (let ticks = 0; ticks < 5; ticks += 1) await watching.occasion(never);
  expect(watching.polling()).toBe(false);
});

test("a folder that was removed and made again is watched anew", async () => {
  const folder = newFolder();
  const events = vi.fn<Parameters<typeof watchFolder>[1] & object>(() => ({ close: async () => {} }));
  closedAfterwards(watchFolder(folder, events));
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await vi.waitUntil(() => events.mock.calls.length === 2);
  expect(events).toHaveBeenCalledTimes(2);
});

test("an occasion ends when nobody waits for it any more", async () => {
  const watching = closedAfterwards(watchFolder(newFolder(), () => ({ close: async () => {} })));
  const over = new AbortController();
  const waiting = watching.occasion(over.signal);
  over.abort();
  await expect(waiting).resolves.toBeUndefined();
});

test.each([
  ["an event before the change is found", ["heard", "changed", "tick", "tick", "tick", "tick"], false],
  ["an event soon after", ["changed", "tick", "heard", "tick", "tick", "tick"], false],
  ["no event for one change", ["changed", "tick", "tick", "tick"], false],
  ["no event for two changes", ["changed", "tick", "tick", "tick", "changed", "tick", "tick", "tick"], true],
  ["two writes at once, of which one is announced", ["heard", "changed", "changed", "tick", "tick", "tick"], false],
  [
    "an event between two silent changes",
    ["changed", "tick", "tick", "tick", "heard", "changed", "changed", "tick", "tick", "tick"],
    false,
  ],
  ["a folder that came back", ["changed", "tick", "reopened", "tick", "tick", "tick"], false],
  ["nothing to hear", ["tick", "tick", "tick", "tick"], false],
] as const)("%s: events are missing is %s", (_, happened, deaf) => {
  const ears = openEars();
  for (const each of happened) ears[each]();
  expect(ears.deaf()).toBe(deaf);
});

function closedAfterwards(watching: FolderWatch): FolderWatch {
  onTestFinished(() => watching.close());
  return watching;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
