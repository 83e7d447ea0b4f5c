import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, test } from "vitest";
import { loadScenario } from "../scenario/index.ts";
import { tellTale } from "./demonstrate-problem-tale.ts";
import type { Io } from "./io.ts";

const root = join(import.meta.dirname, "..", "..", "fixtures", "live");
const scenario = await loadScenario({ root, slug: "counter" });
const fixture = (folder: string, file: string): string =>
  readFileSync(join(root, "scenarios", "counter", folder, file), "utf8");

function seed(file: string): void {
  const db = new BetterSqlite3(file);
  db.exec(scenario.schema);
  db.exec("INSERT INTO visits (who) VALUES ('Ada'), ('Grace')");
  db.close();
}

interface Told {
  readonly code: number;
  /** Durations as `~`. */
  readonly text: string;
}

async function tell(
  changed: Record<string, string>,
  options: { emoji?: boolean; signal?: AbortSignal; width?: number; keys?: readonly string[] } = {},
): Promise<Told> {
  let text = "";
  const out = (more: string): void => {
    text += more;
  };
  const io: Io = {
    out,
    err: out,
    color: false,
    emoji: options.emoji ?? false,
    width: options.width ?? 80,
    ...(options.keys === undefined ? {} : { keys: options.keys }),
    interactive: false,
    root,
    cwd: root,
    env: process.env,
  };
  const files = { "total.ts": fixture("starter", "total.ts"), "visit.ts": fixture("starter", "visit.ts"), ...changed };
  const parts = { handlers: new Map(Object.entries(files)), copyDatabase: seed };
  const signal = options.signal ?? new AbortController().signal;
  const code = await tellTale({ io, scenario, parts, folder: "workshop/counter", signal });
  return { code, text: text.replaceAll(/\d+(?:\.\d+)? (?:ms|min|s)(?: \d+ s)?/gu, "~") };
}

test("a narrow terminal gets the same story, and nothing but its commands runs over", async () => {
  const { text } = await tell({}, { emoji: true, width: 40 });
  expect(text).toContain("  Clerk looks again\n    2 visits, from the cache, ~\n");
  expect(text).toContain("  The second look was answered from a\n    cache entry older than the writes:\n");
  const wide = text.split("\n").filter((line) => line.length > 40);
  expect(wide).toEqual(["    npx stale-stats test-your-fix counter"]);
});

test("in a session the next step is what can be done there", async () => {
  const { text } = await tell({}, { keys: ["d", "n"] });
  expect(text).toContain("Ask for the verdict   save your change\n");
  expect(text).not.toContain("npx");
});

test("the starter's story ends in the disaster, with the entry and the writes it never heard of", async () => {
  const { code, text } = await tell({}, { emoji: true });
  expect(code).toBe(0);
  expect(text).toBe(`📊 A COUNTER
  Somebody counts.

  Clerk looks               2 visits           from the database, ~
  visitors                  3 of 3 accepted    ~ each
  Clerk looks again         2 visits           from the cache, ~
  Clerk looks once more     2 visits           from the cache, ~

DISASTER
  2 of 5

🔍 ROOT CAUSE:
  The second look was answered from a cache entry older than the writes:
  key             total
  value           {"total":2}
  age             ~
  time to live    another ~
  never heard of  3 writes: none of them touched the cache

👉 NEXT STEP:
  Open this folder      workshop/counter
  Read side by side     total.ts and visit.ts
  Ask for the verdict   npx stale-stats test-your-fix counter
`);
});

test("after a fix the same story ends well and tells what the cache did", async () => {
  const { code, text } = await tell({ "visit.ts": fixture("fixed", "visit.ts") });
  expect(code).toBe(0);
  expect(text).toContain("AGREED\n  5 of 5\n");
  expect(text).toContain("  3 of 3 writes deleted total\n  1 found it there; for the other 2 it was gone already\n");
  expect(text).toContain("The look right after it came from the cache in ~");
  expect(text).toContain("Whether it goes well in every order");
  expect(text).not.toContain("ROOT CAUSE");
});

test("a wrong key is evidence: the key that was changed is named", async () => {
  const { text } = await tell({ "visit.ts": fixture("wrong-key", "visit.ts") });
  expect(text).toContain("key             total\n");
  expect(text).toContain("never heard of  3 of 3 writes: they deleted another key,\n                  totals\n");
});

test("a write that stores an old answer is told apart from one that never heard", async () => {
  const early = fixture("starter", "visit.ts").replace(
    "  await",
    '  await c.var.cache.set("total", { total: 4 }, 60_000);\n  await',
  );
  const { text } = await tell({ "visit.ts": early });
  expect(text).toContain("from a cache entry older than the last write:");
  expect(text).toContain("still stale     although 3 of 3 writes stored this key");
  expect(text).not.toContain("never heard of");
});

test("a disabled cache is fresh, and is said to serve nobody", async () => {
  const uncached = fixture("starter", "total.ts").replace("if (kept)", "if (kept && false)");
  const { text } = await tell({ "total.ts": uncached });
  expect(text).toContain("AGREED");
  expect(text).toContain("computed again in ~: the cache served nobody");
});

test("an answer that is made up, and writes that are not recorded, are no good ending", async () => {
  const madeUp = await tell({ "total.ts": "export const getTotal = (c) => c.json({ total: 5 });\n" });
  expect(madeUp.text).toContain("Clerk was shown 5, the database held 2 visits");
  expect(madeUp.text).not.toContain("AGREED");
  const lost = await tell({ "visit.ts": "export const addVisit = (c) => c.json({}, 201);\n" });
  expect(lost.text).toContain("3 requests of the visitors were accepted, 0 recorded");
  expect(lost.text).not.toContain("AGREED");
});

test("handlers that do not work: one message with file, line and column, no stack, exit 4", async () => {
  const { code, text } = await tell({
    "visit.ts": "export async function addVisit(c) {\n  console.log('\\u001b[2Jhere');\n  c.var.cash.delete('x');\n}\n",
  });
  expect(code).toBe(4);
  expect(text).toContain("POST /visits failed: TypeError: Cannot read properties of undefined (reading 'delete')");
  expect(text).toContain("at workshop/counter/visit.ts:3:14\n");
  expect(text).toContain("  | here\n");
  expect(text).not.toMatch(/\n {4}at |node:internal/u);
  expect(text).not.toContain("\u001B");
});

test("a flood of output is cut, and does not hold the story up", async () => {
  const flood = "process.stdout.write('x'.repeat(100) + '\\n');".repeat(1);
  const { code, text } = await tell({
    "visit.ts": `${fixture("starter", "visit.ts")}\nfor (let n = 0; n < 20_000; n += 1) { ${flood} }\n`,
  });
  expect(code).toBe(0);
  expect(text).toContain("more lines");
  expect(text.length).toBeLessThan(5000);
});

test("too much memory ends the process, not the machine, and is named", async () => {
  const { code, text } = await tell({
    "visit.ts":
      "export const addVisit = () => {\n  const all = [];\n  for (;;) all.push(new Array(1e6).fill(1.5));\n};\n",
  });
  expect(code).toBe(4);
  expect(text).toContain("addVisit (POST /visits) used more than 256 MiB of memory.");
});

test("an interruption ends the process and leaves nothing behind", async () => {
  const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("stale-stats-live-"));
  const before = folders();
  const { code } = await tell({}, { signal: AbortSignal.abort() });
  expect(code).toBe(130);
  expect(folders()).toEqual(before);
});
