/** Every token that a check prints shows the same thing again; every other text is told apart from one. */
import { beforeAll, expect, test, vi } from "vitest";
import type { Counterexample, Verdict } from "../vocabulary.ts";
import { folderWith, handlersWith, verdictOf } from "./checked-folder.test-support.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const reference = handlersWith({});
const starter = handlersWith({ base: "starter" });
let passed: Verdict;
let failed: Verdict;

beforeAll(async () => {
  passed = await verdictOf(reference);
  failed = await verdictOf(starter);
});

function counterexamples(verdict: Verdict): Counterexample[] {
  return verdict.properties.flatMap(({ counterexample }) => (counterexample === undefined ? [] : [counterexample]));
}

/** What must be the same in a replay: how it was found belongs to the search. */
function tale({ property, requests, steps, sentence, served, expected, replay }: Counterexample): unknown {
  return { property, requests, steps, sentence, served, expected, replay };
}

test("each counterexample of a failure, and of the stars that a pass lacks, shows again with the same cause", async () => {
  const [good, bad] = [folderWith(reference), folderWith(starter)];
  const printed = [
    ...counterexamples(passed).map((each) => ({ folder: good, verdict: passed, each })),
    ...counterexamples(failed).map((each) => ({ folder: bad, verdict: failed, each })),
  ];
  expect(printed.length).toBeGreaterThan(2);
  for (const { folder, verdict, each } of printed) {
    const again = await folder.verdict("--replay", each.replay);
    const cause = verdict.properties.find(({ id }) => id === each.property)?.cause;
    expect(again).toMatchObject({ verdict: "fail", cause });
    expect(again.counterexample === null ? null : tale(again.counterexample)).toEqual(tale(each));
  }
});

test("the command that is printed under a failure plays it again, from the same folder", async () => {
  const folder = folderWith(starter);
  const { out } = await folder.check();
  const args =
    /npx stale-stats test-your-fix stale-statistics (--replay \S+ --handlers \S+)/u.exec(out)?.[1]?.split(" ") ?? [];
  const again = await folder.check(...args);
  expect(again.code).toBe(1);
  expect(again.out).toContain("never-invalidated");
});

test("a token of a failure that has been fixed does not fail", async () => {
  const token = failed.counterexample?.replay ?? "";
  const { code, out } = await folderWith(reference).check("--json", "--replay", token);
  const { verdict, cause, counterexample, message, success } = JSON.parse(out) as Verdict;
  expect(verdict).not.toBe("fail");
  expect({ cause, counterexample, success }).toEqual({ cause: null, counterexample: null, success: null });
  expect(message).toEqual(expect.any(String));
  expect(code).not.toBe(1);
  const told = await folderWith(reference).check("--replay", token);
  expect(told.out).toContain("NO VERDICT: the replay does not show the failure again");
  expect(told.out).toMatch(
    /ask for the verdict\s+npx stale-stats test-your-fix stale-statistics --handlers handlers\n/u,
  );
  expect(told.out).not.toMatch(/--thorough|How far it came/u);
});

test("a token that was cut short, tampered with, or made up is a usage error in words", async () => {
  const folder = folderWith(starter);
  const token = failed.counterexample?.replay ?? "";
  const middle = Math.floor(token.length / 2);
  const swapped = token[middle] === "A" ? "B" : "A";
  const garbage = [token.slice(0, -2), `${token.slice(0, middle)}${swapped}${token.slice(middle + 1)}`, "r9.AAAA"];
  for (const each of garbage) {
    const { code, out, err } = await folder.check("--replay", each);
    expect({ each, code, out }).toEqual({ each, code: 2, out: "" });
    expect(err).toContain("replay");
    expect(err).not.toContain("    at ");
  }
});
