/**
 * One transaction in a world that has a single connection: lies in a savepoint, is rolled back while others read, and
 * is run again from its log before it goes on. Takes the connection and its clock; knows no other actor.
 */
import type BetterSqlite3 from "better-sqlite3";
import type { SqlValue } from "../vocabulary.ts";
import type { DatabaseEffect } from "./effect.ts";
import type { Executed } from "./execute.ts";
import type { Statement, Statements } from "./statements.ts";

/** SQL's clock and dice; replaced while a logged write is run again. */
export interface SqlClock {
  now: () => number;
  bits: () => number;
}

interface Logged {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  /** What clock and dice said the first time: the second time must leave the very same rows. */
  readonly now: number;
  readonly drawn: readonly number[];
}

interface Place {
  readonly db: BetterSqlite3.Database;
  readonly statements: Statements;
  readonly clock: SqlClock;
}

export class OpenTransaction {
  readonly actor: number;
  wrote = false;
  readonly #place: Place;
  readonly #log: Logged[] = [];
  #applied = true;
  /** A statement failed that SQLite answers by rolling everything back. */
  #lost = false;

  constructor(options: Place & { actor: number }) {
    this.actor = options.actor;
    this.#place = options;
    options.db.exec("SAVEPOINT tx");
  }

  /** Runs a write of this transaction and remembers it. Throws what it throws. */
  write(statement: Statement, effect: DatabaseEffect, perform: () => Executed): Executed {
    const { clock } = this.#place;
    const now = clock.now();
    const drawn: number[] = [];
    const { bits } = clock;
    clock.bits = () => {
      const next = bits();
      drawn.push(next);
      return next;
    };
    try {
      const executed = perform();
      this.#log.push({ sql: effect.sql, params: effect.params, now, drawn });
      return executed;
    } catch (error) {
      this.#lost ||= statement.givesUp;
      throw error;
    } finally {
      clock.bits = bits;
    }
  }

  /** Throws when the transaction is lost: nothing of it may be committed any more. */
  resume(): void {
    if (this.#lost) throw new Error("A statement of this transaction made SQLite roll it back.");
    if (this.#applied) return;
    for (const logged of this.#log) this.#runAgain(logged);
    this.#applied = true;
  }

  suspend(): void {
    if (!this.#applied) return;
    this.#place.db.exec("ROLLBACK TO tx");
    this.#applied = false;
  }

  /** Throws, having rolled back, when a lost transaction is to be committed. */
  end(operation: "commit" | "rollback"): void {
    const { db } = this.#place;
    if (operation === "commit" && !this.#lost) {
      this.resume();
      db.exec("RELEASE tx");
      return;
    }
    db.exec("ROLLBACK TO tx; RELEASE tx");
    if (operation === "commit") this.resume();
  }

  #runAgain({ sql, params, now, drawn }: Logged): void {
    const { clock, statements } = this.#place;
    const { now: laterNow, bits } = clock;
    const left = drawn.values();
    clock.now = () => now;
    clock.bits = () => left.next().value ?? 0;
    try {
      const { prepared } = statements.get(sql);
      if (prepared.reader) prepared.all(...params);
      else prepared.run(...params);
    } finally {
      clock.now = laterNow;
      clock.bits = bits;
    }
  }
}
