/** ★★★ The cache fails at any moment and stays away: the answers are right all the same, and in bounded time. */
import type { Fault, Finding, History, RunPlan } from "../../vocabulary.ts";
import { judgeAnswers } from "../judge/answers.ts";
import { changingPairs, countTo, inSequence, plainPairs } from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "survives-outage";
const KINDS: readonly Fault["kind"][] = ["miss", "false", "error", "hang"];
/** Virtual milliseconds within which a request must be answered. */
const PATIENCE = 5_000;

export const survivesOutage: Property = {
  id: ID,
  star: 3,
  asks: "the cache misses, answers false, throws or hangs from any operation to the end: right answers within 5 s",
  plans,
  switches: () => 0,
  follow: failing,
  judge,
};

function plans({ shape, seed, thorough }: Setting): RunPlan[] {
  const pairs = thorough ? changingPairs(shape) : plainPairs(shape);
  return pairs.map(({ write, read }) => ({ phases: inSequence([read, read, write, read]), probe: false, seed }));
}

function failing({ plan, cacheOperations }: History): RunPlan[] {
  if (plan.faults !== undefined) return [];
  return KINDS.flatMap((kind) => countTo(cacheOperations, (from): RunPlan => ({ ...plan, faults: [{ kind, from }] })));
}

function judge(history: History): Finding | null {
  const finding = judgeAnswers(ID, history) ?? late(history);
  if (finding === null || history.plan.faults === undefined) return finding;
  return { ...finding, kind: "outage", cause: "outage-not-tolerated" };
}

function late(history: History): Finding | null {
  const request = history.requests.findIndex(
    ({ arrived, answered }) => answered !== null && timeBetween(history, arrived, answered) > PATIENCE,
  );
  if (request < 0) return null;
  return {
    property: ID,
    kind: "outage",
    request,
    cause: "outage-not-tolerated",
    detail: `answered later than after ${PATIENCE / 1000} s`,
  };
}

function timeBetween(history: History, from: number, to: number): number {
  return (history.events[to]?.at ?? 0) - (history.events[from]?.at ?? 0);
}
