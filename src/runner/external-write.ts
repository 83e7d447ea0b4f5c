/**
 * What another program does to the database of a run: one step, one commit, one event. Takes the write as the scenario
 * has it; writes down what it changed. Chooses no moment.
 */
import type { Event, ExternalWrite } from "../vocabulary.ts";
import type { Recorder } from "./recorder.ts";
import type { WorldDatabase } from "./world-database.ts";

export function writeFromOutside(options: {
  stage: { readonly database: WorldDatabase; readonly clock: { readonly now: number } };
  recorder: Recorder;
  actor: number;
  external: ExternalWrite;
}): void {
  const { stage, recorder, actor, external } = options;
  const { statements, rows, changes } = stage.database.writeFromOutside((db) => external.run(db));
  recorder.external(actor, { path: nameOf(statements), changes });
  const committed = changes.length === 0 ? {} : { committed: recorder.commit(actor) };
  const event: Event = {
    kind: "database",
    operation: "run",
    sql: statements[0] ?? null,
    reads: [],
    actor,
    at: stage.clock.now,
    changes: rows,
    ...committed,
  };
  recorder.note(event);
}

/** The verb and the table of the first statement: what an external write is called in a report. */
function nameOf([first = ""]: readonly string[]): string {
  const [, verb = "", table = ""] = /^\s*(\w+)\s+(?:(?:into|from|or\s+\w+)\s+)*["`]?(\w+)/iu.exec(first) ?? [];
  return `${verb.toUpperCase()} ${table}`.trim();
}
