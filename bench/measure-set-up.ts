/**
 * A million rows of history: rows a second of `setup-test-data` against the bare insert of the same rows into the same
 * table, prepared once, in one transaction, by better-sqlite3 alone; and the memory that it takes.
 */
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { type Ratio, timed } from "./compare.ts";
import { inScratchFolder, peakMemory, runCommand } from "./run-command.ts";

const ROWS = 1_000_000;
const SMALLEST_SHARE = 0.8;
const MOST_MEMORY = 150;
const BIG = ["setup-test-data", "--downloads", String(ROWS)];

interface Table {
  readonly create: readonly string[];
  readonly insert: string;
  readonly rows: readonly unknown[][];
}

export async function measureSetUp(): Promise<readonly Ratio[]> {
  return inScratchFolder(async (folder) => {
    runCommand(["setup-test-data"], { cwd: folder });
    const empty = await timed(() => runCommand(["setup-test-data"], { cwd: folder }));
    const memory = await peakMemory(BIG, folder);
    const full = await timed(() => runCommand(BIG, { cwd: folder }));
    const bare = await timedBareInsert(folder);
    return [speed({ ours: full - empty, bare }), usage(memory)];
  });
}

function speed({ ours, bare }: { ours: number; bare: number }): Ratio {
  return {
    what: "set-up of a million rows, rows a second against a bare insert",
    measured: bare / ours,
    bound: { at: "least", value: SMALLEST_SHARE },
    unit: "×",
    detail: `${Math.round(ROWS / ours)} rows/ms, ${Math.round(ROWS / bare)} rows/ms`,
  };
}

function usage(memory: number): Ratio {
  return {
    what: "set-up of a million rows, memory",
    measured: memory,
    bound: { at: "most", value: MOST_MEMORY },
    unit: " MiB",
    detail: "largest process, at its peak",
  };
}

/** The rows are read beforehand: only the inserting is timed. */
async function timedBareInsert(folder: string): Promise<number> {
  const table = readTable(join(folder, "workshop", "stale-statistics", ".stale-stats", "workshop.db"));
  return inScratchFolder((scratch) => {
    const db = new BetterSqlite3(join(scratch, "bare.db"));
    db.pragma("journal_mode = WAL");
    // The rows refer to tables that are not here, and checking that would slow the baseline down.
    db.pragma("foreign_keys = OFF");
    for (const statement of table.create) db.exec(statement);
    const insert = db.prepare(table.insert);
    const insertAll = db.transaction(() => {
      for (const row of table.rows) insert.run(...row);
    });
    return timed(() => insertAll()).finally(() => db.close());
  });
}

function readTable(file: string): Table {
  const db = new BetterSqlite3(file, { readonly: true });
  try {
    const create = db.prepare("SELECT sql FROM sqlite_master WHERE tbl_name = 'audit_logs' AND sql NOTNULL").pluck();
    const rows = db.prepare("SELECT * FROM audit_logs").raw().all() as unknown[][];
    const blanks = (rows[0] ?? []).map(() => "?").join(", ");
    return { create: create.all() as string[], insert: `INSERT INTO audit_logs VALUES (${blanks})`, rows };
  } finally {
    db.close();
  }
}
