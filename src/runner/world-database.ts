/**
 * The database of one run: a savepoint over an in-memory SQLite that is rolled back at the end.
 * Gives every actor the view that separate WAL connections would have. Knows actors by number only, and no cache.
 *
 * One connection stands for many. While an actor's transaction is open, its statements lie in a second savepoint; when
 * another actor reads, that savepoint is rolled back first and its statements are run again, from the log, before the
 * transaction goes on. Without this a reader would see uncommitted rows, and this wrong order would look right:
 *   A begin · A insert · A cache.delete · B reads the insert (!) · B caches it · A commit
 */
import BetterSqlite3 from "better-sqlite3";
import type { RowChange, RowDifference, Seeder, SqlValue, TruthReader } from "../vocabulary.ts";
import type { DatabaseEffect, Reply } from "./effect.ts";
import { type Executed, execute, toRunResult } from "./execute.ts";
import { OpenTransaction, type SqlClock } from "./open-transaction.ts";
import { RowLog } from "./row-log.ts";
import { createBits } from "./seeded-random.ts";
import { Statements } from "./statements.ts";
import { useVirtualClock } from "./virtual-sql-clock.ts";

export interface DatabaseStep {
  readonly reply: Reply;
  readonly reads: readonly string[];
  /** A new committed state exists. */
  readonly committed: boolean;
  readonly changes: number;
}

export class WorldDatabase {
  readonly #db: BetterSqlite3.Database;
  readonly #statements: Statements;
  readonly #rows: RowLog;
  readonly #clock: SqlClock;
  readonly #savepoint: { readonly set: () => void; readonly rollBack: () => void; readonly release: () => void };
  #transaction: OpenTransaction | null = null;
  #schemaTouched = false;

  constructor(schema: string) {
    this.#db = new BetterSqlite3(":memory:");
    this.#db.exec(schema);
    this.#clock = { now: () => 0, bits: createBits("") };
    useVirtualClock(this.#db, this.#clock);
    this.#rows = new RowLog(this.#db);
    this.#statements = new Statements(this.#db, { inSavepoint: true });
    const command = (text: string): (() => void) => {
      const prepared = this.#db.prepare(text);
      return () => void prepared.run();
    };
    this.#savepoint = {
      set: command("SAVEPOINT world"),
      rollBack: command("ROLLBACK TO world"),
      release: command("RELEASE world"),
    };
  }

  /** `now`: virtual milliseconds since the epoch, for SQL's own clock functions. */
  open(options: { seed: string; now: () => number }): void {
    this.#clock.now = options.now;
    this.#clock.bits = createBits(`${options.seed}/sql`);
    this.#transaction = null;
    this.#schemaTouched = false;
    this.#savepoint.set();
  }

  /** Called once the world is seeded: what differs from here on is the run's own doing. */
  seeded(): void {
    this.#rows.start();
  }

  close(): void {
    this.#savepoint.rollBack();
    this.#savepoint.release();
    if (this.#schemaTouched) this.#statements.forget();
  }

  /** Rows as committed; call it only when no transaction is open, as at a commit or before the run. */
  readonly reader: TruthReader = {
    get: <Row>(sql: string, ...params: SqlValue[]) =>
      this.#statements.get(sql).prepared.get(...params) as Row | undefined,
    all: <Row>(sql: string, ...params: SqlValue[]) => this.#statements.get(sql).prepared.all(...params) as Row[],
  };

  readonly seeder: Seeder = {
    ...this.reader,
    run: (sql, ...params) => toRunResult(this.#statements.get(sql).prepared.run(...params)),
  };

  /** False while the effect would have to wait for another actor's transaction. */
  ready(actor: number, effect: DatabaseEffect): boolean {
    const open = this.#transaction;
    if (open === null || open.actor === actor) return true;
    return effect.operation !== "begin" && !this.#writes(effect);
  }

  perform(actor: number, effect: DatabaseEffect): DatabaseStep {
    try {
      return this.#perform(actor, effect);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { reply: { ok: false, message }, reads: [], committed: false, changes: 0 };
    }
  }

  /** Whether somebody would have to wait who writes without being asked. */
  get isLocked(): boolean {
    return this.#transaction !== null;
  }

  /** The process died in which this actor was served: what it had not committed is gone. */
  abandon(actor: number): void {
    if (this.#transaction?.actor === actor) this.#end("rollback");
  }

  /** What another program does in one transaction of its own; only while nobody has locked the database. */
  writeFromOutside(write: (db: Seeder) => void): { statements: string[]; rows: number; changes: RowChange[] } {
    const statements: string[] = [];
    let rows = 0;
    const changes = this.#rows.changedBy((note) => {
      const run: Seeder["run"] = (sql, ...params) => {
        note(this.#statements.get(sql).writesTo);
        statements.push(sql);
        const result = this.seeder.run(sql, ...params);
        rows += result.changes;
        return result;
      };
      write({ ...this.reader, run });
    });
    return { statements, rows, changes };
  }

  differences(): { rows: RowDifference[]; schema: string[] } {
    this.#transaction?.suspend();
    return { rows: this.#rows.differences(), schema: this.#schemaTouched ? this.#rows.schemaChanges() : [] };
  }

  #perform(actor: number, effect: DatabaseEffect): DatabaseStep {
    switch (effect.operation) {
      case "begin":
        return this.#begin(actor);
      case "commit":
      case "rollback":
        return this.#end(effect.operation);
      case "get":
      case "all":
      case "run":
        return this.#query(actor, effect);
      default:
        return effect.operation satisfies never;
    }
  }

  #begin(actor: number): DatabaseStep {
    this.#transaction = new OpenTransaction({ actor, db: this.#db, statements: this.#statements, clock: this.#clock });
    return done(undefined);
  }

  #end(operation: "commit" | "rollback"): DatabaseStep {
    const open = this.#transaction;
    if (open === null) throw new Error("no transaction is open");
    this.#transaction = null;
    open.end(operation);
    return { ...done(undefined), committed: operation === "commit" && open.wrote };
  }

  #query(actor: number, effect: DatabaseEffect): DatabaseStep {
    const own = this.#transaction?.actor === actor ? this.#transaction : null;
    if (own === null) this.#transaction?.suspend();
    else own.resume();
    const statement = this.#statements.get(effect.sql);
    if (statement.writes) this.#rows.beforeWrite(statement.writesTo);
    const perform = (): Executed => execute(statement.prepared, effect);
    const { value, changes } = own === null || !statement.writes ? perform() : own.write(statement, effect, perform);
    const wrote = statement.writes && (changes > 0 || statement.altersSchema);
    if (statement.altersSchema) this.#schemaChanged();
    if (own !== null && wrote) own.wrote = true;
    return { reply: { ok: true, value }, reads: statement.reads, committed: wrote && own === null, changes };
  }

  #writes(effect: DatabaseEffect): boolean {
    try {
      return this.#statements.get(effect.sql).writes;
    } catch {
      return false; // a text that SQLite refuses needs no lock to be refused
    }
  }

  #schemaChanged(): void {
    this.#schemaTouched = true;
    this.#statements.forget();
  }
}

function done(value: unknown): DatabaseStep {
  return { reply: { ok: true, value }, reads: [], committed: false, changes: 0 };
}
