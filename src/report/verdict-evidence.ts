/** The rows under a counterexample: cause, what to change, where, the keys, the values, the proof, and how to see it again. */
import type { Cause, Claim, Counterexample, Fault, Verdict } from "../vocabulary.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";
import { frameLines, locationText } from "./verdict-frame.ts";
import { indent, type Line } from "./verdict-ink.ts";
import { keyRows } from "./verdict-keys.ts";
import { commandRow, type Page, row } from "./verdict-page.ts";
import { durationWords } from "./duration-words.ts";
import { count, switchText } from "./verdict-properties.ts";
import { valueRows } from "./verdict-values.ts";
import { variableRows } from "./verdict-variables.ts";

export interface Evidence {
  readonly verdict: Verdict;
  readonly found: Counterexample;
  readonly cause: Cause | null;
}

export function evidenceRows(evidence: Evidence, page: Page): Line[] {
  const { found, cause } = evidence;
  return [
    ...(cause === null ? [] : causeRows(cause, page)),
    ...(cause === "module-state" && found.location === undefined ? variableRows(page) : whereRows(found, page)),
    ...(found.keys === undefined ? [] : keyRows(found.keys, page)),
    ...valueRows(found, page),
    ...lastsRows(evidence, page),
    ...found.faults.flatMap((fault) => row("fault", faultText(fault), { page })),
    ...(found.proof === undefined ? [] : row("proof", found.proof, { page, tone: "good" })),
    ...row("property", found.property, { page }),
    ...(page.replayed ? [] : row("found", foundText(evidence), { page })),
    ...commandRow("replay", page.command(["test-your-fix", evidence.verdict.scenario, "--replay", found.replay]), page),
  ];
}

export function causeRows(cause: Cause, page: Page): Line[] {
  const { means, change } = CAUSE_WORDS[cause];
  return [
    ...row("cause", cause, { page, tone: "bad" }),
    ...row("", means, { page }),
    ...row("change", change, { page, tone: "strong" }),
  ];
}

/** Its name and the way out of it; the headline has said what it means. */
export function briefCauseRows(cause: Cause, page: Page): Line[] {
  return [
    ...row("cause", cause, { page, tone: "bad" }),
    ...row("change", CAUSE_WORDS[cause].change, { page, tone: "strong" }),
  ];
}

/** The line at fault, in its surroundings. */
export function whereRows({ location }: Counterexample, page: Page): Line[] {
  if (location === undefined) return [];
  return [
    ...row("where", locationText(location), { page, tone: "strong" }),
    ...indent(frameLines(location, { ...page, width: page.width - 10 }), 10),
  ];
}

function lastsRows({ found: { entry }, cause }: Evidence, page: Page): Line[] {
  if (entry === undefined) return [];
  const life =
    entry.timeToLive === null ? "for ever: it has no time to live" : `for up to ${durationWords(entry.timeToLive)}`;
  // An invalidation that nobody waits for is late, not missing.
  const lasts = cause === "delete-not-awaited" ? `until the invalidation arrives; if it never does, ${life}` : life;
  return row("lasts", `${entry.key} stays wrong ${lasts}`, { page });
}

function foundText({ verdict, found }: Evidence): string {
  const claim = verdict.properties.find(({ id }) => id === found.property)?.claim;
  const requests = found.requests.length;
  const shrunk =
    found.shrunkFrom > requests ? `, shrunk from ${count(found.shrunkFrom, "request")} to ${requests}` : "";
  return `schedule ${found.found}${claim === undefined ? "" : boundText(claim)}${shrunk}`;
}

/** A search that stopped at its find has seen no more than it says. */
function boundText({ schedules, switches, complete }: Claim): string {
  return complete ? ` of ${schedules} (complete, ${switchText(switches)})` : `, ${switchText(switches)}`;
}

const FAULT_WORDS: Readonly<Record<Fault["kind"], string>> = {
  miss: "every lookup in the cache misses",
  false: "the cache answers false instead of doing what it is told",
  error: "the cache rejects with an error",
  hang: "the cache never answers",
  "lose-delete": "the cache loses a delete",
  evict: "the cache drops all its entries",
  crash: "the process that serves it dies",
};

function faultText({ kind, from }: Fault): string {
  if (kind === "crash") return `${FAULT_WORDS[kind]}; another one goes on`; // the story shows at which step
  const once = kind === "lose-delete" || kind === "evict";
  return `${FAULT_WORDS[kind]}, ${once ? "at" : "from"} its operation ${from + 1}${once ? "" : " to the end"}`;
}
