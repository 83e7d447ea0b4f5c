/** The context of each level with the real scenario, its evidence from a real run. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "./context.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";

const scenario = "stale-statistics";

/** What the command printed, with a working copy to which `change` was done. */
async function contextOf(
  options: { level?: number },
  change: (text: string) => string = (text) => text,
): Promise<string> {
  const io = recordingIo();
  onTestFinished(io.remove);
  await setUp({ scenario }, io);
  for (const name of ["downloads.ts", "statistics.ts"]) {
    const file = join(io.cwd, "workshop", scenario, name);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  }
  const start = io.printed().length;
  expect(await run({ scenario, ...options }, io)).toBe(0);
  return io.printed().slice(start);
}

function headings(text: string): string[] {
  return [...text.matchAll(/^## (.*)$/gmu)].map((found) => found[1] ?? "");
}

test("the fullest has both handlers as they are now, the figures of a run, and the line with the key", async () => {
  const text = await contextOf({}, (source) => `// edited\n${source}`);
  expect(headings(text)).toEqual(["statistics.ts", "downloads.ts", "Terminal", "Key format"]);
  expect(text.match(/^\/\/ edited$/gmu)).toHaveLength(2);
  expect(text).toMatch(/Dashboard shows: 15 downloads\n *Database has: 35 downloads/u);
  expect(text).toMatch(/\/\/ statistics\.ts:19\nconst cacheKey = /u);
  expect(text).not.toContain("NEXT STEP");
  expect(text).not.toContain("\u001B");
});

test("each level shows what its prompt says, and nothing more", async () => {
  expect(headings(await contextOf({ level: 1 }))).toEqual(["downloads.ts"]);
  expect(headings(await contextOf({ level: 2 }))).toEqual(["statistics.ts"]);
  expect(headings(await contextOf({ level: 3 }))).toEqual(["statistics.ts", "downloads.ts", "Terminal"]);
  expect(await contextOf({ level: 0 })).toBe("");
});

test("handlers that do not load are evidence too", async () => {
  const text = await contextOf({ level: 3 }, (source) => `${source}\n}`);
  expect(text).toContain("The story stops here");
});

test("a handler that holds a fence of its own stays within the one around it", async () => {
  const text = await contextOf({ level: 1 }, (source) => `/*\n\`\`\`\n*/\n${source}`);
  expect(text.match(/^````(?:ts)?$/gmu)).toHaveLength(2);
});

test.each([
  [{ level: 8 }, "There is no level 8."],
  [{}, "is not set up here"],
])("%o is refused in words", async (options, message) => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await expect(run({ scenario, ...options }, io)).rejects.toThrow(message);
});
