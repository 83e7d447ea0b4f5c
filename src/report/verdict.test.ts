/** Whole screens: each fixture against its expected text, and against what every screen must keep. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { renderVerdict, type VerdictOptions } from "./verdict.ts";

const folder = join(import.meta.dirname, "../../fixtures/verdicts");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

describe.each(names)("%s", (name) => {
  test("reads as expected", async () => {
    await expect(screen(name)).toMatchFileSnapshot(expectedFile(name, "80"));
  });

  test("is 80 columns wide, commands excepted, with colour and without", () => {
    const lines = screen(name)
      .split("\n")
      .filter((line) => !line.includes("stale-stats "));
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  test("has no colour unless asked, and the same text under it", () => {
    const plain = screen(name);
    const colored = screen(name, { color: true });
    expect(plain).toBe(stripVTControlCharacters(plain));
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });

  test("is ASCII where symbols cannot be shown", () => {
    // eslint-disable-next-line no-control-regex -- all of ASCII is meant
    expect(screen(name, { emoji: false, full: true })).toMatch(/^[\x00-\x7F]*$/u);
  });
});

test.each(["pass", "fail-wrong-key", "fail-stale-set-race", "crashed-undefined-name"])(
  "%s on a wide terminal, and in colour",
  async (name) => {
    await expect(screen(name, { width: 120 })).toMatchFileSnapshot(expectedFile(name, "120"));
    await expect(screen(name, { color: true })).toMatchFileSnapshot(expectedFile(name, "80-color"));
    await expect(screen(name, { width: 120, color: true })).toMatchFileSnapshot(expectedFile(name, "120-color"));
  },
);

test.each(["pass", "fail-stale-set-race", "fail-write-through-race"])("%s in ASCII", async (name) => {
  await expect(screen(name, { emoji: false, full: true })).toMatchFileSnapshot(expectedFile(name, "80-ascii"));
});

test.each(names)("%s in brief fits a small terminal, and says no more than the whole report", (name) => {
  const brief = screen(name, { brief: true }).trimEnd().split("\n");
  expect(brief.length).toBeLessThanOrEqual(20);
  expect(brief.filter((line) => stringWidth(line) > 80)).toEqual([]);
  expect(brief[0]).toBe(screen(name).split("\n")[1]);
});

test("in brief a failure keeps what broke, why, where and the figures", () => {
  const brief = screen("fail-wrong-key", { brief: true });
  for (const part of ["FAIL!", "cause     wrong-key", "change ", "where ", "written ", "served ", "stars "])
    expect(brief).toContain(part);
  for (const part of ["proof ", "replay", "HINT", "NEXT STEP", "POST /"]) expect(brief).not.toContain(part);
});

test("a pass prints the promised lines in order, then its claims in exact words", () => {
  const text = screen("pass-three-stars");
  expect(text.split("\n").slice(0, 5)).toEqual([
    "🧪 TESTING YOUR CACHE FIX",
    "✅ SUCCESS! Cache invalidation is working!",
    "  • Before download: 35",
    "  • After download: 36",
    "  • Cache properly invalidated and refreshed",
  ]);
  expect(text).toContain("all 698 schedules of 3 requests with at most 2 switches, complete");
  expect(text).toContain("★★★  3 of 3 stars; a pass needs 2");
  expect(unwrapped(text)).toContain("the handlers cannot reach: 312 schedules, complete.");
  expect(text).not.toContain("still lacks");
});

test("a pass names what the third star lacks, and tells it only on request", () => {
  const short = screen("pass");
  expect(short).toContain("★★☆  2 of 3 stars; a pass needs 2");
  expect(short).toContain("✘ fresh-under-race");
  expect(short).toContain("run stale-stats test-your-fix stale-statistics --full");
  expect(short).not.toContain("◀ poison");
  const full = screen("pass", { full: true });
  expect(full).toContain("◀ poison");
  expect(full).toContain("--replay r1.kk3Vd8");
  expect(full).not.toContain("--full");
});

test("a wrong key is shown under the right one, with a caret below each letter that differs", () => {
  expect(screen("fail-wrong-key")).toContain(
    [
      "keys      written  dataset-stats-1",
      "          read     dataset_stats_1",
      "                          ^     ^",
      '          The written key has "-stats-" where the read has "_stats_".',
    ].join("\n"),
  );
});

test("a failure says what broke, why, what to change, and how to see it again", () => {
  const text = unwrapped(screen("fail-invalidated-before-write"));
  expect(text).toContain(
    "❌ FAIL! A read that lands inside a write leaves old data behind. The cache is told before the rows are written.",
  );
  expect(text).toContain("change Move the invalidation below the last statement that writes.");
  expect(text).toContain("> 10 │ await cache.delete(`dataset_stats_${id}`);");
  expect(text).toContain("served total_downloads 2");
  expect(text).toContain("database total_downloads 3");
  expect(text).toContain("lasts dataset_stats_1 stays wrong for up to 1 hour");
  expect(text).toContain("proof the same schedule with A's delete moved after its last write: passes");
  expect(text).toContain("found schedule 2, with at most 1 switch, shrunk from 6 requests to 3");
  expect(text).toContain("replay run stale-stats test-your-fix stale-statistics --replay r1.Bx81zz");
  expect(text).toContain("💡 HINT: Read the two handlers side by side.");
  expect(text.trimEnd().endsWith("check again run stale-stats test-your-fix stale-statistics")).toBe(true);
});

test("fields that agree are left out", () => {
  const text = screen("fail-wrong-key");
  expect(text).not.toContain("Coral cover");
  expect(text).not.toContain("unique_downloaders");
});

test("what else is broken is named with its cause", () => {
  expect(screen("fail-write-not-recorded")).toContain("also      broken: still-cached (ttl-shortened)");
});

test("instances are named only where they matter", () => {
  expect(screen("fail-module-state")).toContain("GET /datasets/1/statistics  on instance 2");
  expect(screen("fail-wrong-key")).not.toContain("on instance");
});

test("a fault of the cache is told with the operation where it begins", () => {
  expect(screen("fail-outage-not-tolerated")).toContain(
    "the cache rejects with an error, from its operation 1 to the end",
  );
});

test("a crash shows message, place and line once", () => {
  const text = screen("crashed-undefined-name");
  expect(text).toContain("❌ FAIL! The code uses a name that nothing declares.");
  expect(text).toContain("ReferenceError: cache is not defined\n  at downloads.ts:14:9\n");
  expect(text.match(/> 14 │/gu)).toHaveLength(1);
  expect(text).toContain("const { cache, db } = c.var;");
});

test("a sentence that only repeats the fault is left out", () => {
  const verdict = read("crashed-undefined-name");
  const { counterexample: found } = verdict;
  if (found === null) throw new Error("the fixture has a counterexample");
  const sentence = "A: ReferenceError: cache is not defined.";
  const text = renderVerdict({ ...verdict, counterexample: { ...found, sentence } }, options("crashed-undefined-name"));
  expect(text.match(/ReferenceError/gu)).toHaveLength(1);
});

test("what is not decided never reads like a pass or a failure", () => {
  for (const name of ["inconclusive-budget", "inconclusive-nondeterministic", "broken-environment", "checker-bug"]) {
    const text = screen(name);
    expect(text).toContain("NO VERDICT");
    expect(text).not.toMatch(/SUCCESS|FAIL!/u);
  }
  expect(screen("inconclusive-budget")).toContain("21 schedules of 2 requests with at most 1 switch, not complete");
  expect(unwrapped(screen("checker-bug"))).toContain("This is our fault, not yours. Please report it");
});

test.each(["inconclusive-replay-mended", "inconclusive-replay-other-steps"])(
  "%s says what happened and asks for the whole check, and claims no search",
  (name) => {
    const text = unwrapped(screen(name));
    expect(text).toContain("NO VERDICT: the replay does not show the failure again");
    expect(text).toContain("ask for the verdict run stale-stats test-your-fix stale-statistics");
    expect(text).not.toMatch(/How far it came|--thorough|schedule|SUCCESS|FAIL!/u);
  },
);

test("a replay that fails again counts no stars and claims no search", () => {
  const text = screen("fail-invalidated-before-write", { replayed: true });
  expect(text).toContain("cause     invalidated-before-write");
  expect(text).not.toMatch(/^(?:stars|found) /mu);
});

test("a scenario's own property is told in its own words", () => {
  const found = read("fail-stale-set-race");
  const verdict = JSON.parse(JSON.stringify(found).replaceAll("fresh-under-race", "one-load-per-stampede")) as Verdict;
  const text = renderVerdict(verdict, {
    ...options("fail-stale-set-race"),
    asks: { "one-load-per-stampede": "ten readers, one load" },
  });
  expect(text).toContain("❌ FAIL! This does not hold: ten readers, one load.");
  expect(text).toContain("poison: an old answer is kept from here on");
});

test("a handler's message cannot write to the terminal itself", () => {
  const verdict: Verdict = {
    ...read("crashed-undefined-name"),
    fault: { message: "\u001B[2J\u001B[32mSUCCESS\u0007", location: null },
  };
  const text = renderVerdict(verdict, options("crashed-undefined-name"));
  expect(text).not.toContain("\u001B");
  expect(text).toContain(String.raw`\u001b[2J\u001b[32mSUCCESS\u0007`);
});

test("a further hint is offered only where the command knows of this check", () => {
  expect(screen("fail-wrong-key")).toContain("a further hint        run stale-stats hint");
  const other = screen("fail-wrong-key", { moreHints: false });
  expect(other).toContain("Read the two handlers side by side.");
  expect(other).not.toContain("a further hint");
});

test("a command is never broken, however narrow the terminal", () => {
  const text = screen("fail-wrong-key", { width: 44 });
  expect(text).toContain("replay\n  run stale-stats test-your-fix stale-statistics --replay r1.9hW0pQ\n");
  expect(text).toContain("  check again\n    run stale-stats test-your-fix stale-statistics\n");
});

function screen(name: string, changed: Partial<VerdictOptions> = {}): string {
  return renderVerdict(read(name), { ...options(name), ...changed });
}

function read(name: string): Verdict {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Verdict;
}

function options(name: string): VerdictOptions {
  const { success, verdict } = read(name);
  return {
    color: false,
    emoji: true,
    width: 80,
    full: false,
    success:
      success === null
        ? []
        : [
            `• Before download: ${success.before}`,
            `• After download: ${success.after}`,
            "• Cache properly invalidated and refreshed",
          ],
    hint: verdict === "fail" ? "Read the two handlers side by side." : null,
    moreHints: true,
    command: (args) => ["run stale-stats", ...args].join(" "),
    sources: sourcesOf(name),
    replayed: name.includes("replay"),
  };
}

/** Kept as `.txt`: some are broken on purpose, and no tool should look at them. */
function sourcesOf(name: string): ReadonlyMap<string, string> {
  const own = join(folder, "sources", name);
  const files = existsSync(own) ? readdirSync(own) : [];
  return new Map(files.map((file) => [file.replace(/\.txt$/u, ""), readFileSync(join(own, file), "utf8")]));
}

function expectedFile(name: string, variant: string): string {
  return join(folder, "expected", `${name}.${variant}.txt`);
}

function unwrapped(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}
