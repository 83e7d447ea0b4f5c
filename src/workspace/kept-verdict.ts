/** The whole last verdict on a working copy, one for each scenario, in the workshop's database. */
import type Database from "better-sqlite3";
import type { Verdict } from "../vocabulary.ts";

export interface LastVerdict {
  /** ISO time at which the check began. */
  readonly at: string;
  readonly verdict: Verdict;
  /** Of the files that were checked: see AttemptRecord. */
  readonly handlers: string;
}

/** Characters. A verdict that is longer is kept without the stories of single properties, or else not at all. */
const LONGEST = 500_000;

/** In the place of the one before. */
export function keepVerdict(db: Database.Database, scenario: string, { at, verdict, handlers }: LastVerdict): void {
  db.prepare("DELETE FROM workshop_verdicts WHERE scenario = ?").run(scenario);
  const json = [verdict, withoutStories(verdict)].map((each) => JSON.stringify(each)).find(fits);
  if (json === undefined) return;
  const insert = "INSERT INTO workshop_verdicts (scenario, at, handlers, verdict) VALUES (?, ?, ?, ?)";
  db.prepare(insert).run(scenario, at, handlers, json);
}

/** Null: none was kept, or this version cannot read it. */
export function readVerdict(db: Database.Database, scenario: string): LastVerdict | null {
  const select = db.prepare<[string], { at: string; handlers: string; verdict: string }>(
    "SELECT at, handlers, verdict FROM workshop_verdicts WHERE scenario = ?",
  );
  const row = select.get(scenario);
  if (row === undefined) return null;
  const verdict = parsed(row.verdict);
  return verdict === null ? null : { ...row, verdict };
}

function fits(json: string): boolean {
  return json.length <= LONGEST;
}

function withoutStories(verdict: Verdict): Verdict {
  const properties = verdict.properties.map(({ counterexample: _, ...rest }) => rest);
  return { ...verdict, properties };
}

function parsed(json: string): Verdict | null {
  try {
    const verdict = JSON.parse(json) as Verdict | null;
    return verdict?.schemaVersion === 1 ? verdict : null;
  } catch {
    return null;
  }
}
