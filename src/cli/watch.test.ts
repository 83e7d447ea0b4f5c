/** `watch` as people leave it open: saves, half saves, a folder that goes away, two of them, Ctrl-C. Needs a build. */
import { cpSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { handlersWith } from "./checked-folder.test-support.ts";
import { hasTerminals, type Running, type WatchedFolder, workshopFolder } from "./watched-folder.test-support.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 180_000 });

const right = handlersWith({}).get("downloads.ts") ?? "";
const wrongKey = right.replace("dataset_stats_", "stats_");

test("each save gets its verdict, is recorded once, and Ctrl-C leaves nothing behind", async () => {
  const { workshop, watching } = await watched();
  save(workshop, wrongKey);
  await watching.seen("wrong-key");
  save(workshop, right);
  await watching.seen("SUCCESS!");
  watching.signal("SIGINT");
  expect(await watching.ended()).toBe(130);
  expect(await causes(workshop)).toEqual(["never-invalidated", "wrong-key", null]);
});

test("half a file, an empty one and a rename into place flash no verdict", async () => {
  const { workshop, watching } = await watched();
  const file = join(workshop.folder, "downloads.ts");
  for (const half of ["", right.slice(0, right.length / 2)]) {
    writeFileSync(file, half);
    writeFileSync(file, right);
  }
  await watching.seen("SUCCESS!");
  writeFileSync(join(workshop.folder, ".downloads.ts.swp"), wrongKey);
  rmSync(file);
  renameSync(join(workshop.folder, ".downloads.ts.swp"), file);
  await watching.seen("wrong-key");
  watching.signal("SIGTERM");
  await watching.ended();
  expect(watching.text()).not.toMatch(/empty|missing|syntax|not valid/u);
  expect(await causes(workshop)).toEqual(["never-invalidated", null, "wrong-key"]);
});

test("a file that stays cut short is told, with the place", async () => {
  const { workshop, watching } = await watched();
  save(workshop, right.slice(0, right.indexOf("await db.run(") + 20));
  await watching.seen("syntax-error");
  save(workshop, "");
  await watching.seen("workshop/stale-statistics/downloads.ts is empty.");
  watching.signal("SIGINT");
  expect(await watching.ended()).toBe(130);
});

test("a working copy that goes away is one clear line, and when it is back it goes on", async () => {
  const { workshop, watching } = await watched();
  const away = join(workshop.cwd, "away");
  renameSync(workshop.folder, away);
  await watching.seen("workshop/stale-statistics is gone.");
  cpSync(away, workshop.folder, { recursive: true });
  save(workshop, wrongKey);
  await watching.seen("wrong-key");
  rmSync(workshop.folder, { recursive: true });
  await watching.seen("workshop/stale-statistics is gone.");
  const again = workshop.start("setup");
  await again.ended();
  await watching.seen("never-invalidated");
  watching.signal("SIGINT");
  expect(await watching.ended()).toBe(130);
  expect(watching.text()).not.toContain("    at ");
});

test("two on one folder both show verdicts, and each save is recorded once", async () => {
  const { workshop, watching } = await watched();
  const second = workshop.start("watch");
  await second.seen("watched elsewhere too");
  await second.seen("never-invalidated");
  save(workshop, wrongKey);
  await Promise.all([watching.seen("wrong-key"), second.seen("wrong-key")]);
  watching.signal("SIGINT");
  await watching.ended();
  save(workshop, right);
  await second.seen("SUCCESS!");
  second.signal("SIGINT");
  await second.ended();
  expect(await causes(workshop)).toEqual(["never-invalidated", "wrong-key", null]);
});

test("whoever takes the record over does not record again what the other one had recorded", async () => {
  const { workshop, watching } = await watched();
  const second = workshop.start("watch");
  await second.seen("never-invalidated");
  second.signal("SIGSTOP");
  save(workshop, wrongKey);
  await watching.seen("wrong-key");
  watching.signal("SIGINT");
  await watching.ended();
  second.signal("SIGCONT");
  await second.seen("wrong-key");
  save(workshop, right);
  await second.seen("SUCCESS!");
  second.signal("SIGINT");
  await second.ended();
  expect(await causes(workshop)).toEqual(["never-invalidated", "wrong-key", null]);
});

test("without a set-up it says what to do", async () => {
  const watching = workshopFolder().start("watch");
  await watching.seen("setup-test-data");
  expect(await watching.ended()).toBe(6);
});

test.skipIf(!hasTerminals).each([40, 80])(
  "in a terminal of %i columns: compact, with keys, and left as it was after Ctrl-C",
  async (columns) => {
    const workshop = await setUp();
    const watching = workshop.startInTerminal({ columns, rows: 24 }, "watch");
    await watching.seen("never-invalidated");
    await watching.seen("t timeline   h hint   q quit");
    expect(watching.text()).not.toContain("POST /datasets");
    const widest = Math.max(
      ...watching
        .text()
        .split("\n")
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(columns);
    watching.type("t");
    await watching.seen("POST /datasets");
    watching.type("h");
    await watching.seen("HINT");
    await watching.seen("b back");
    save(workshop, wrongKey);
    await watching.seen("wrong-key");
    expect(watching.processes().length).toBeGreaterThan(2);
    watching.type("\u0003");
    await watching.seen("ended with 130");
    await watching.seen("the terminal is as it was");
    await watching.ended();
  },
);

test.skipIf(!hasTerminals)("q ends it at once, and so does a terminal that is closed", async () => {
  const workshop = await setUp();
  const first = workshop.startInTerminal({ columns: 80, rows: 40 }, "watch");
  await first.seen("never-invalidated");
  first.type("q");
  await first.seen("ended with 0");
  await first.seen("the terminal is as it was");
  await first.ended();
  const second = workshop.startInTerminal({ columns: 80, rows: 40 }, "watch");
  await second.seen("never-invalidated");
  second.signal("SIGKILL");
  expect(await second.ended()).toBe(null);
});

async function setUp(): Promise<WatchedFolder> {
  const workshop = workshopFolder();
  expect(await workshop.start("setup").ended()).toBe(0);
  return workshop;
}

/** Watching, with the verdict on the shipped handlers behind us. */
async function watched(): Promise<{ workshop: WatchedFolder; watching: Running }> {
  const workshop = await setUp();
  const watching = workshop.start("watch");
  await watching.seen("never-invalidated");
  await watching.seen("NEXT STEP");
  return { workshop, watching };
}

function save({ folder }: WatchedFolder, text: string): void {
  writeFileSync(join(folder, "downloads.ts"), text);
}

/** Of the recorded attempts, oldest first. */
async function causes({ folder }: WatchedFolder): Promise<(string | null)[]> {
  const { default: Database } = await import("better-sqlite3");
  const db = new Database(join(folder, ".stale-stats", "workshop.db"), { readonly: true });
  try {
    return db.prepare<[], string | null>("SELECT cause FROM workshop_attempts ORDER BY id").pluck().all();
  } finally {
    db.close();
  }
}
