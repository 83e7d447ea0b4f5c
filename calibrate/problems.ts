/** What a finished calibration must not contain: a checker that was too kind, or a load that sees nothing. Pure. */
import type { VerdictKind } from "../src/vocabulary.ts";
import type { Row } from "./calibrate-scenario.ts";
import { isCaughtUnderLoad } from "./compare.ts";

/** Not opinions about the handlers: there is nothing to compare with. */
const NO_OPINION: readonly VerdictKind[] = ["checker-bug", "broken-environment"];

/** `everything`: all fixes ran, so that the load itself can be held to what it must find. */
export function findProblems({ rows, everything }: { rows: readonly Row[]; everything: boolean }): string[] {
  return [
    ...rows.filter(({ agreement }) => agreement === "too-kind").map(tooKind),
    ...rows.filter(({ told }) => NO_OPINION.includes(told.verdict)).map(noOpinion),
    ...(everything ? blindness(rows) : []),
    ...(everything ? deafness(rows) : []),
  ];
}

function tooKind({ name, told, seen }: Row): string {
  const afterJob = seen.untrueAfterJob > 0 ? "after a job that had to tell of it" : "under load";
  const when = seen.untrueInSequence > 0 ? "one request at a time" : afterJob;
  return `${name}: it served untrue data ${when}, and the checker gave it ${told.stars} stars (${told.verdict})`;
}

function noOpinion({ name, told }: Row): string {
  return `${name}: the checker ended as ${told.verdict}`;
}

/** A load that shows no mistake of either kind proves nothing by finding none elsewhere. */
function blindness(rows: readonly Row[]): string[] {
  const starter = rows.find(({ kind }) => kind === "starter");
  const blind: string[] = [];
  if (starter === undefined || starter.seen.untrueInSequence === 0)
    blind.push("the starter served no stale data one request at a time: this calibration sees nothing");
  if (!rows.some(({ seen }) => seen.untrueInSequence + seen.untrueAfterJob === 0 && isCaughtUnderLoad(seen)))
    blind.push("no fix that holds one request at a time was caught under load: the bursts are too gentle");
  return blind;
}

/** Where the checker says that a job leaves external writes unseen, somebody has to have seen it. */
function deafness(rows: readonly Row[]): string[] {
  const deaf = rows.filter(({ told }) => told.cause === "external-write-unseen");
  if (deaf.length === 0 || deaf.some(({ seen }) => seen.untrueAfterJob > 0)) return [];
  return ["no fix was caught after a job that leaves external writes unseen: this calibration does not hear of them"];
}
