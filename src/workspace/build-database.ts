/**
 * Fills a new database file from a scenario: schema, the story's data, a large history on demand. The file is nobody's
 * yet, so nothing is journaled; `replace-database.ts` makes it safe before anybody sees it.
 */
import Database from "better-sqlite3";
import type { BulkHistory, Random, Scenario, Seeder } from "../vocabulary.ts";
import { sign } from "./database-identity.ts";
import { seededRandom } from "./seeded-random.ts";
import { seeder } from "./seeder.ts";

/** Rows between two reports, and so between two chances to stop: about 20 milliseconds of work. */
const CHUNK = 20_000;

/** An unfinished file is thrown away, so nothing has to survive; references are checked once, at the end. */
const UNSAFE_AND_FAST = [
  "journal_mode = OFF",
  "synchronous = OFF",
  "locking_mode = EXCLUSIVE",
  "foreign_keys = OFF",
  "cache_size = -4000",
];

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is counted, in the scenario's word. */
  readonly unit: string;
}

export interface BuildOptions {
  readonly file: string;
  readonly scenario: Pick<Scenario, "slug" | "schema" | "seedWorkshop" | "bulk">;
  readonly seed: string;
  /** Rows of the large history; 0 for none. Ignored where the scenario has none. */
  readonly downloads: number;
  /** Awaited after each chunk, so that it can let signals and drawing through. */
  progress?(state: Progress): Promise<void> | void;
  readonly signal?: AbortSignal;
}

/** Rejects with the signal's reason when it is aborted; the unfinished file is the caller's to remove. */
export async function buildDatabase(options: BuildOptions): Promise<void> {
  const db = new Database(options.file);
  try {
    for (const pragma of UNSAFE_AND_FAST) db.pragma(pragma);
    sign(db);
    db.exec(options.scenario.schema);
    await fill(db, options);
  } finally {
    db.close();
  }
}

async function fill(db: Database.Database, options: BuildOptions): Promise<void> {
  const random = seededRandom(options.seed);
  db.exec("BEGIN");
  options.scenario.seedWorkshop(seeder(db), random);
  const { bulk } = options.scenario;
  if (bulk && options.downloads > 0) {
    await withoutIndexes(db, () => insertHistory(db, { bulk, random, options }));
  }
  checkReferences(db);
  db.exec("COMMIT");
}

/** Throws like SQLite itself would have, had it been asked to look at each row. */
function checkReferences(db: Database.Database): void {
  const [first] = db.pragma("foreign_key_check") as { table: string; rowid: number; parent: string }[];
  if (first)
    throw new Error(`Row ${first.rowid} of ${first.table} refers to a row that ${first.parent} does not have.`);
}

/** Sorting a million entries once is several times faster than finding the place of each. Unique ones stay: they judge. */
async function withoutIndexes(db: Database.Database, body: () => Promise<void>): Promise<void> {
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'",
    )
    .all();
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
  await body();
  for (const { sql } of indexes) db.exec(sql);
}

async function insertHistory(
  db: Database.Database,
  { bulk, random, options }: { bulk: BulkHistory; random: Random; options: BuildOptions },
): Promise<void> {
  const total = options.downloads;
  const { insert, row } = bulk.prepare(seeder(db) satisfies Seeder, random, total);
  const statement = db.prepare(insert);
  for (let done = 0; done < total;) {
    const end = Math.min(done + CHUNK, total);
    for (; done < end; done += 1) statement.run(row(done));
    await options.progress?.({ done, total, unit: bulk.unit });
    options.signal?.throwIfAborted();
  }
}
