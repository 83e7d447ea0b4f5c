/** For this folder's tests only: a real in-memory SQLite database with the scenario's schema, and seeded chance. */
import Sqlite from "better-sqlite3";
import type { Random, Seeder, SqlValue, WorldBuilder } from "../../../src/vocabulary.ts";
import { scenario } from "../scenario.ts";

/** Foreign keys are enforced, so that seeded rows that hang in the air are an error. */
export function openDatabase(): Seeder {
  const sqlite = new Sqlite(":memory:");
  sqlite.pragma("foreign_keys = ON");
  sqlite.exec(scenario.schema);
  return {
    get: <Row>(sql: string, ...params: SqlValue[]) => sqlite.prepare<SqlValue[], Row>(sql).get(...params),
    all: <Row>(sql: string, ...params: SqlValue[]) => sqlite.prepare<SqlValue[], Row>(sql).all(...params),
    run: (sql, ...params) => {
      const { changes, lastInsertRowid } = sqlite.prepare<SqlValue[]>(sql).run(...params);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    },
  };
}

/** A linear congruential generator: poor chance, but the same on every machine. */
export function seeded(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    integer,
    pick: <T>(from: readonly T[]): T => {
      const picked = from[integer(0, from.length - 1)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
  };
}

/** A world whose ids begin at 5001: a fix that counts on small ids must not pass. */
export function worldOf(db: Seeder, seed = 1): WorldBuilder {
  return { db, random: seeded(seed), id: (n) => 5000 + n, now: "2026-02-03T10:00:00.000Z" };
}
