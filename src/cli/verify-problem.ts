/** What verify complains about: each with what its author can do. Words only; runs nothing. */
import type { killMatrix } from "../report/index.ts";
import type { VerdictKind } from "../vocabulary.ts";
import type { MatrixRow } from "./verify-row.ts";

export type MatrixProblem = Parameters<typeof killMatrix.renderMatrix>[0]["problems"][number];

/** What a fix got otherwise than declared, and which of the two may be at fault. */
export function rowProblems({ expected, verdict, problems }: MatrixRow): MatrixProblem[] {
  const { kind, name } = expected;
  const { fault } = verdict;
  const place = fault?.location ? ` (${fault.location.file}:${fault.location.line})` : "";
  const said = fault === null || problems.length === 0 ? [] : [`${kind}/${name}: ${fault.message}${place}`];
  const todo = TODO[kind](name, verdict.verdict);
  return [...problems, ...said].map((text) => ({ text, todo }));
}

const TODO: Readonly<Record<MatrixRow["expected"]["kind"], (name: string, got: VerdictKind) => string>> = {
  starter: (_, got) => {
    if (got === "pass") return "put the bug back into starter/: the exercise begins with it";
    return got === "fail"
      ? "say in scenario.ts, starterFails, what the starter really gets, or change starter/ until it gets that"
      : "mend starter/: it has to run, and to be wrong in no way but the one that the lesson is about";
  },
  accepted: (name) =>
    `a fix that is right: correct "stars" in accepted/${name}/fix.json; one that is not: mend the files beside it`,
  rejected: (name, got) =>
    got === "pass"
      ? `nothing is wrong with it: let rejected/${name} make its mistake, demand more with "stars": 3, or remove it`
      : `declare in rejected/${name}/fix.json what it really gets, or change the files beside it until they make that mistake`,
  sample: (name) => `declare in samples/${name}/sample.json what it really gets, or change the files beside it`,
};

export const IDLE_TODO =
  'add a wrong fix that breaks just this, rejected/<cause>-<what>/; for a third star with "stars": 3';

export const HINTS_TODO =
  "mend hints.md: each cause has its five rungs, and what stands in backticks is in a handler or a fix";

export const SAMPLES_TODO = "mend samples/level-N, or that level in prompts.md: each level has one answer";

export const CHECKER_TODO = "find out why: this is the checker's fault rather than the scenario's";
