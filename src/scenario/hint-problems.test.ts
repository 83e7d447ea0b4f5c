/** The proof of the hints, over small pages written for the test: what is missing, what is unknown, what has gone. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CAUSES } from "./causes.ts";
import { loadSharedLadders } from "./hint-ladder.ts";
import { hints } from "./hints.ts";

const RUNGS = ["question", "pointer", "mechanism", "sketch", "solution"];
const WHOLE = CAUSES.filter((cause) => cause !== "unexplained").map((cause) => section(cause));
const MANIFEST = readFileSync(
  join(import.meta.dirname, "../../scenarios/stale-statistics/accepted/delete-after-write/fix.json"),
  "utf8",
);

function section(cause: string, changes: Readonly<Record<string, string | null>> = {}): string {
  const rungs = RUNGS.filter((rung) => changes[rung] !== null);
  return `## ${cause}\n\n${rungs.map((rung) => `### ${rung}\n\n${changes[rung] ?? `Words for ${rung}.`}\n`).join("\n")}`;
}

/** A lesson of two files, one of them in an accepted fix, and this page of hints. */
function lessonWith(page: string | null): { root: string; slug: string } {
  const root = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = {
    "starter/note.ts": "export const readNote = () => new Response(); // forgotten",
    "accepted/tell-first/fix.json": MANIFEST,
    "accepted/tell-first/cache-key.ts": "export const cacheKey = 1;",
    ...(page === null ? {} : { "hints.md": `# Hints\n\nFor \`authors\`.\n\n${page}` }),
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, "scenarios", "tiny", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { root, slug: "tiny" };
}

test("a whole ladder for every cause has no problem, whatever the line ends", async () => {
  expect(await hints.problems(lessonWith(WHOLE.join("\n")))).toEqual([]);
  expect(await hints.problems(lessonWith(WHOLE.join("\n").replaceAll("\n", "\r\n")))).toEqual([]);
});

test("a page that is not there misses every cause but our own fault and what only some services can meet", async () => {
  const problems = await hints.problems(lessonWith(null));
  expect(problems).toHaveLength(CAUSES.length - 4);
  expect(problems).toContain("hints.md: wrong-key has no section");
  expect(problems).not.toContain("hints.md: external-write-unseen has no section");
});

test.each([
  [section("wrong-keys"), ['"wrong-keys" is not a cause']],
  [section("syntax-error"), ["syntax-error has two sections"]],
  [section("unexplained", { sketch: " " }), ["unexplained, sketch: says nothing"]],
  [
    section("unexplained", { sketch: null }),
    [
      "unexplained must have the rungs question, pointer, mechanism, sketch, solution; it has question, pointer, mechanism, solution",
    ],
  ],
  ["## unexplained\n", ["unexplained must have the rungs question, pointer, mechanism, sketch, solution; it has none"]],
  [
    section("unexplained", {
      pointer: "See `cacheKey`, `note.ts`, `tell-first`; type `git diff`. Not `readNotes(id)`.",
    }),
    [
      'unexplained, pointer: "readNotes" is in no handler and no fix',
      'unexplained, pointer: "id" is in no handler and no fix',
    ],
  ],
  [
    section("unexplained", { solution: "`forgotten` as in `old-fix`, `notes.ts`." }),
    ["forgotten", "old-fix", "notes.ts"].map((name) => `unexplained, solution: "${name}" is in no handler and no fix`),
  ],
])("%j is told", async (added, problems) => {
  const found = await hints.problems(lessonWith([...WHOLE, added].join("\n")));
  expect(found).toEqual(problems.map((problem) => `hints.md: ${problem}`));
});

test("loads the rungs of one cause without line breaks, and none where there is none", async () => {
  const place = lessonWith(section("wrong-key", { question: "One line\nand another." }));
  const rungs = await hints.load({ ...place, cause: "wrong-key" });
  expect(rungs.map(({ name }) => name)).toEqual(RUNGS);
  expect(rungs[0]?.text).toBe("One line and another.");
  expect(await hints.load({ ...place, cause: "value-patched" })).toEqual([]);
});

test("a ladder that all scenarios share is none to miss, and a scenario's own takes its place", async () => {
  const place = lessonWith(section("wrong-key"));
  mkdirSync(join(place.root, "templates"));
  const shared = [section("syntax-error", { question: "Shared." }), section("wrong-key", { question: "Shared." })];
  writeFileSync(join(place.root, "templates", "hints.md"), shared.join("\n"));
  expect((await hints.load({ ...place, cause: "syntax-error" }))[0]?.text).toBe("Shared.");
  expect((await hints.load({ ...place, cause: "wrong-key" }))[0]?.text).toBe("Words for question.");
  const problems = await hints.problems(place);
  expect(problems).toContain("hints.md: value-patched has no section");
  expect(problems).not.toContain("hints.md: syntax-error has no section");
});

test("the shared ladders are whole, and name nothing but what every handler has", async () => {
  const ladders = await loadSharedLadders({ root: join(import.meta.dirname, "../..") });
  expect(ladders.map(({ cause }) => cause)).toContain("syntax-error");
  for (const { cause, rungs } of ladders) {
    expect(CAUSES).toContain(cause);
    expect(rungs.map(({ name, text }) => [name, text === ""])).toEqual(RUNGS.map((name) => [name, false]));
  }
  const text = ladders.flatMap(({ rungs }) => rungs.map((rung) => rung.text)).join(" ");
  const names = [...text.matchAll(/`([^`]+)`/gu)].flatMap(([, code = ""]) => code.match(/[\w$]+/gu) ?? []);
  const common = ["await", "c", "cache", "const", "crypto", "db", "json", "var"];
  expect([...new Set(names)].toSorted()).toEqual(common);
});

test("what only some services can meet is asked for where a rejected fix declares it", async () => {
  const place = lessonWith(WHOLE.filter((text) => !text.startsWith("## staleness-unbounded")).join("\n"));
  expect(await hints.problems(place)).toEqual([]);
  const folder = join(place.root, "scenarios", "tiny", "rejected", "staleness-unbounded-no-end");
  mkdirSync(folder, { recursive: true });
  const manifest = { title: "T", star: 2, property: "p", verdict: "fail", cause: "staleness-unbounded", why: "W" };
  writeFileSync(join(folder, "fix.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "cache-key.ts"), "export const cacheKey = 2;");
  expect(await hints.problems(place)).toEqual(["hints.md: staleness-unbounded has no section"]);
});
