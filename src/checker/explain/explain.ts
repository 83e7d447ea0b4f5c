/**
 * Names the cause of a failure. Stale and wrong answers: by replaying the failing schedule with one repair at a time,
 * the first that makes it pass is the proof. Everything else: by what was observed. Never guesses from source text.
 */
import type { Cause, Counterexample, Location, Repair } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import { matches } from "../judge/pattern.ts";
import { countTo, inSequence, readRef } from "../properties/phases.ts";
import type { ExplainOptions } from "./explain-options.ts";
import { findCulprit, keptUnder, keysOfReads, mutationsByWrites } from "./culprit.ts";
import { explainFromOutside } from "./outside-causes.ts";
import { tornAt } from "./torn.ts";
import { passes } from "./passes.ts";
import { whatInvalidates } from "./what-invalidates.ts";
import { observeContract } from "./observe-contract.ts";
import { observedLocation } from "./observed-location.ts";
import type { Attempt } from "./repairs.ts";
import { attemptsFor } from "./repairs.ts";

export interface Explanation {
  readonly cause: Cause;
  readonly proof?: string;
  readonly keys?: NonNullable<Counterexample["keys"]>;
  readonly location?: Location;
}

export async function explain(options: ExplainOptions): Promise<Explanation> {
  const { kind } = options.failure.finding;
  if (kind === "stale" || kind === "wrong") return await explainByRepair(options);
  if (kind === "contract") return located(options.failure, await observeContract(options));
  return await explainObserved(options);
}

async function explainByRepair(options: ExplainOptions): Promise<Explanation> {
  const { failure, without } = options;
  const outside = await explainFromOutside(options);
  if (outside !== null) return located(failure, outside.cause, outside.proof);
  for (const attempt of attemptsFor({ failure, without, visited: await keysEverRead(options) })) {
    if (await passes(options, attempt.repairs)) return await proven(options, attempt);
  }
  return located(options.failure, await explainUncached(options));
}

/** The failing history may have left out reads that had nothing to do with it. */
async function keysEverRead({ setting, run, failure }: ExplainOptions): Promise<Set<string>> {
  const phases = inSequence(countTo(setting.shape.reads, readRef));
  const all = await run({ phases, probe: false, trace: true, seed: failure.history.plan.seed }, { choose: () => 0 });
  return new Set([...keysOfReads(failure.history), ...keysOfReads(all)]);
}

/** No repair helps where the answer did not come out of the cache: then it is made up, or kept in the process's memory. */
async function explainUncached(options: ExplainOptions): Promise<Cause> {
  const { history, finding } = options.failure;
  // Where nothing was committed, what lay in the cache was never true of anything.
  const isMadeUp = finding.kind === "wrong" && history.versions.length === 1;
  const { hit } = findCulprit(options.failure);
  if (isMadeUp && holdsTruth(options.failure, hit)) return await observeContract(options);
  if (hit >= 0) return isMadeUp ? "value-patched" : "unexplained";
  if (tornAt(options.failure) !== undefined) return "torn-read";
  if (finding.kind === "wrong") return await observeContract(options);
  const asked = history.events.some(
    (event) => event.kind === "database" && event.actor === finding.request && event.operation !== "run",
  );
  return asked ? "unexplained" : "module-state";
}

/** The entry is right: what was made of it is not. */
function holdsTruth({ history, finding }: Failure, hit: number): boolean {
  const event = history.events[hit];
  const entry = event?.kind === "cache" ? event.value : undefined;
  return entry !== undefined && finding.expected !== undefined && matches(finding.expected, entry);
}

/** What a single process would cache well enough is a matter of where it is cached. */
async function explainObserved(options: ExplainOptions): Promise<Explanation> {
  const { finding } = options.failure;
  const isAboutCaching = finding.kind === "not-cached" || finding.kind === "recomputed";
  const onOne: Repair[] = [{ kind: "one-instance" }];
  if (isAboutCaching && !options.without.includes("one-instance") && (await passes(options, onOne))) {
    return { cause: "module-state", proof: "the same requests served by one process: pass" };
  }
  return located(options.failure, finding.cause ?? "unexplained");
}

async function proven(options: ExplainOptions, attempt: Attempt): Promise<Explanation> {
  const { cause, change, keys, location } = attempt;
  const proof = `the same schedule with ${change}: passes`;
  const twin = cause === "never-invalidated" ? await twinKey(options) : null;
  if (twin !== null) return { cause: "wrong-key", proof, ...twin };
  return {
    cause: cause === "never-invalidated" ? await whatIsMissing(options) : cause,
    proof,
    ...(keys === undefined ? {} : { keys }),
    ...(location === undefined ? {} : { location }),
  };
}

/** The read has more keys than one, and the write changes another one of them: `stats_1`, not `stats_1?from=mail`. */
async function twinKey({ run, failure }: ExplainOptions): Promise<Pick<Explanation, "keys" | "location"> | null> {
  const { write, key: hit } = findCulprit(failure);
  const { requests, plan } = failure.history;
  const read = requests[failure.finding.request]?.ref;
  if (read === undefined || hit === null) return null;
  const phases = inSequence([read, read]);
  const twice = await run({ phases, probe: false, trace: true, seed: plan.seed }, { choose: () => 0 });
  const own = new Set([0, 1].map((actor) => keptUnder(twice, actor)));
  const told = mutationsByWrites(failure.history).find(
    ({ actor, key }) => actor === write && key !== null && key !== hit && own.has(key),
  );
  if (told === undefined || !own.has(hit)) return null;
  return { keys: { used: told.key ?? "", read: hit }, ...(told.location && { location: told.location }) };
}

/** Nothing was told: by nobody at all, or only here? */
async function whatIsMissing({ setting, run, failure }: ExplainOptions): Promise<Cause> {
  const { requests } = failure.history;
  const read = requests[failure.finding.request]?.ref;
  const write = requests[findCulprit(failure).write];
  const usual: Cause = write?.role === "external" ? "external-write-unseen" : "never-invalidated";
  if (read === undefined || write === undefined) return usual;
  const seen = await whatInvalidates({ setting, run, read, write: write.ref });
  if (seen === "nothing") return usual;
  return seen === "other-views" ? "dependent-view-forgotten" : "only-some-requests";
}

function located(failure: Failure, cause: Cause, proof?: string): Explanation {
  const location = observedLocation(failure, cause);
  return { cause, ...(proof === undefined ? {} : { proof }), ...(location === undefined ? {} : { location }) };
}
