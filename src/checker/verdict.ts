/** Adds the properties up to one verdict. Takes what was judged and seen; runs nothing, explains nothing. */
import type { Cause, Claim, HandlerFault, PropertyResult, Star, Verdict, VerdictKind } from "../vocabulary.ts";
import type { Told as Story } from "./tell-failure.ts";
import type { Witnesses } from "./witnesses.ts";
import { missingWitness } from "./witnesses.ts";

/** One property as it turned out. */
export interface Judged {
  readonly result: PropertyResult;
  readonly told: Story | null;
  readonly nondeterministic: boolean;
}

interface Sum {
  readonly judged: readonly Judged[];
  readonly seen: Witnesses;
  readonly scenario: string;
  /** Demanded for a pass. */
  readonly stars: Star;
  readonly seed: string;
}

type Told = Pick<Verdict, "verdict" | "cause" | "counterexample" | "fault" | "message">;

/** A broken property outranks whatever is missing; anything missing outranks a pass. */
export function verdictOf(sum: Sum): Verdict {
  const { judged, scenario, stars, seed } = sum;
  return {
    schemaVersion: 1,
    scenario,
    stars: starsOf(judged),
    requiredStars: stars,
    properties: judged.map(({ result }) => result),
    explored: { ...totalOf(judged), seed },
    confirmed: null,
    success: null,
    timing: {},
    ...tell(sum),
  };
}

function tell({ judged, seen, stars }: Sum): Told {
  const demanded = judged.filter(({ result }) => result.star <= stars);
  const broken = demanded.find(({ told }) => told !== null);
  if (broken?.told) return tellBroken(broken);
  if (demanded.some(({ nondeterministic }) => nondeterministic))
    return inconclusive(NONDETERMINISTIC, "nondeterministic");
  const open = demanded.find(({ result }) => result.outcome !== "held");
  if (open !== undefined) return inconclusive(unfinished(open.result));
  const missing = missingWitness(seen);
  if (missing !== null) return inconclusive(missing);
  return { verdict: "pass", cause: null, counterexample: null, fault: null, message: null };
}

function unfinished({ id, outcome, claim: { schedules } }: PropertyResult): string {
  const run = `${schedules} ${schedules === 1 ? "schedule was" : "schedules were"} run`;
  const came = outcome === "not-run" ? "was not reached" : `was not explored completely: ${run}`;
  return `${id} ${came}. A larger --budget may complete it.`;
}

const NONDETERMINISTIC =
  "The same requests in the same order did not give the same steps twice: something outside database and cache decides.";

function tellBroken({ told, result }: Judged): Told {
  if (told === null) return inconclusive(`${result.id} is not decided.`);
  const { cause, counterexample, finding, location } = told;
  const isFault = finding.kind === "threw" || finding.kind === "never-answered";
  const verdict: VerdictKind =
    finding.kind === "threw" ? "crashed" : finding.kind === "never-answered" ? "timed-out" : "fail";
  const fault: HandlerFault | null = isFault ? { message: finding.detail, location } : null;
  return { verdict, cause, counterexample, fault, message: isFault ? finding.detail : null };
}

function inconclusive(message: string, cause: Cause | null = null): Told {
  return { verdict: "inconclusive", cause, counterexample: null, fault: null, message };
}

/** The highest star up to which every property held. */
function starsOf(judged: readonly Judged[]): 0 | Star {
  const lost = judged.filter(({ result }) => result.outcome !== "held").map(({ result }) => result.star);
  return (Math.min(4, ...lost) - 1) as 0 | Star;
}

function totalOf(judged: readonly Judged[]): Claim {
  const claims = judged.map(({ result }) => result.claim);
  return {
    schedules: claims.reduce((sum, claim) => sum + claim.schedules, 0),
    requests: Math.max(0, ...claims.map((claim) => claim.requests)),
    switches: Math.max(0, ...claims.map((claim) => claim.switches)),
    complete: claims.every((claim) => claim.complete),
  };
}
