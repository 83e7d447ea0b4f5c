/** `stale-stats` alone, in a real terminal: from the list to the lesson, and out. Needs a build. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { handlersWith } from "./checked-folder.test-support.ts";
import { hasTerminals, workshopFolder } from "./watched-folder.test-support.ts";

vi.setConfig({ testTimeout: 180_000 });

const right = handlersWith({}).get("downloads.ts") ?? "";

test.skipIf(!hasTerminals)("leads from nothing to a pass, and quits with the terminal as it was", async () => {
  const workshop = workshopFolder();
  const guided = workshop.startInTerminal({ columns: 80, rows: 40 });
  const file = join(workshop.folder, "downloads.ts");
  await guided.seen("stale-statistics  ☆☆☆  not set up");
  await guided.seen("Enter begin");
  guided.type("\r");
  await guided.seen("The incident");
  await guided.seen("was not set up here yet; now it is");
  const shipped = readFileSync(file, "utf8");
  guided.type("d");
  await guided.seen("ROOT CAUSE");
  await guided.seen("b back");
  guided.type("n");
  const line = shipped.split("\n").findIndex((each) => each.includes("function downloadDataset")) + 1;
  await guided.seen(`workshop/stale-statistics/downloads.ts:${line}`);
  guided.type("p");
  await guided.seen("--level 1");
  await guided.seen("b back");
  guided.type("n");
  await guided.seen("as they were shipped");
  writeFileSync(file, right);
  await guided.seen("SUCCESS!");
  guided.type("x");
  await guided.seen("as shipped again: downloads.ts");
  await vi.waitUntil(() => readFileSync(file, "utf8") === shipped);
  writeFileSync(file, right);
  await guided.seen("SUCCESS!");
  guided.type("n");
  await guided.seen("Your fix passes.");
  guided.type("r");
  await guided.seen("What it still misses");
  await guided.seen("b back");
  guided.type("n");
  await guided.seen("Your way: 2 checks, ★★☆ and a pass.");
  guided.type("n");
  await guided.seen("stale-statistics  ★★☆  passed, 2 attempts");
  guided.type("q");
  await guided.seen("ended with 0");
  await guided.seen("the terminal is as it was");
  expect(await guided.ended()).toBe(0);
});

test.skipIf(!hasTerminals)("in 40 columns, Ctrl-C in the middle of a demonstration leaves nothing behind", async () => {
  const guided = workshopFolder().startInTerminal({ columns: 40, rows: 24 });
  await guided.seen("Enter begin");
  guided.type("\r");
  await guided.seen("d demonstrate");
  const widest = Math.max(
    ...guided
      .text()
      .split("\n")
      .map((each) => each.length),
  );
  expect(widest).toBeLessThanOrEqual(40);
  guided.type("d");
  await guided.seen("CEO looks");
  guided.type("\u0003");
  await guided.seen("ended with 130");
  await guided.seen("the terminal is as it was");
  expect(await guided.ended()).toBe(0);
});

test("without a terminal it prints the help, and changes nothing", async () => {
  const workshop = workshopFolder();
  const help = workshop.start();
  await help.seen("Usage: stale-stats");
  expect(await help.ended()).toBe(0);
  expect(help.processes()).toEqual([]);
});
