/**
 * What handlers may rely on about single statements, live and in a check alike: run by each database from a file of its
 * own.
 */
import { expect } from "vitest";
import {
  type Body,
  insert,
  type IsolationCase,
  message,
  type PlayTogether,
  texts,
} from "./isolation-bench.test-support.ts";

export const STATEMENT_CASES: Readonly<Record<string, IsolationCase>> = {
  "a statement that fails undoes only itself; the transaction goes on": async (play) => {
    const careful: Body = (db) =>
      db.transaction(async (tx) => {
        await insert(tx, "first");
        const told = await message(tx.run("INSERT INTO logs (text) VALUES ('second'), ('bad')"));
        await insert(tx, "third");
        return told;
      });
    expect(await play([careful], [texts])).toEqual([
      expect.stringContaining("CHECK constraint failed"),
      ["first", "third"],
    ]);
  },

  "calls of one request take effect in the order in which it made them, awaited or not": async (play) => {
    const hasty: Body = async (db) => {
      const [, seen] = await Promise.all([insert(db, "first"), texts(db)]);
      return seen;
    };
    const forgetful: Body = async (db) => {
      await db.transaction(async (tx) => {
        // oxlint-disable-next-line typescript/no-floating-promises -- what is not awaited must still be inside
        insert(tx, "second");
      });
      return await texts(db);
    };
    expect(await play([hasty], [forgetful])).toEqual([["first"], ["first", "second"]]);
  },

  "run tells rows and row id; RETURNING inserts all its rows even through get": async (play) => {
    const inserting: Body = async (db) => [
      await db.run("INSERT INTO logs (text) VALUES ('a'), ('b')"),
      await db.get("INSERT INTO logs (text) VALUES ('c'), ('d') RETURNING id"),
      await db.get("SELECT id FROM logs WHERE id = 99"),
      await texts(db),
    ];
    expect(await play([inserting])).toEqual([
      [{ changes: 2, lastInsertRowid: 2 }, { id: 3 }, undefined, ["a", "b", "c", "d"]],
    ]);
  },

  "what SQLite says about a statement reaches the handler as an error": async (play) => {
    const wrong: Body = async (db) => [
      await message(db.get("SELECT absent FROM logs")),
      await message(db.all("SELECT * FROM nowhere")),
      await message(db.run("INSERT INTO names (name) VALUES ('a'), ('a')")),
      await message(db.get("SELECT 1 WHERE 1 = ?")),
    ];
    const [told] = await play([wrong]);
    expect(told).toEqual([
      expect.stringContaining("no such column: absent"),
      expect.stringContaining("no such table: nowhere"),
      expect.stringContaining("UNIQUE constraint failed: names.name"),
      expect.stringMatching(/parameter/u),
    ]);
  },

  "after a statement that makes SQLite roll back by itself, nothing of the transaction is committed": async (play) => {
    const risky: Body = (db) =>
      db.transaction(async (tx) => {
        await insert(tx, "before");
        await message(tx.run("INSERT OR ROLLBACK INTO logs (text) VALUES ('bad')"));
        await insert(tx, "after");
      });
    const [told, , left] = await play([risky], [(db) => insert(db, "later")], [texts]);
    expect([told, left]).toEqual([{ error: expect.stringContaining("roll it back") }, ["later"]]);
  },
};

/** Refused by get, all and run, in a transaction as well. */
export const REFUSED: readonly string[] = [
  "BEGIN",
  "begin immediate",
  " \n-- why\nCOMMIT",
  "END",
  "/* x */ ROLLBACK",
  ";;SAVEPOINT a",
  "RELEASE a",
  "PRAGMA user_version = 3",
  "EXPLAIN PRAGMA user_version = 3",
  "EXPLAIN QUERY PLAN SELECT 1",
  "/**/-- y\n/* z */pragma user_version",
  "\uFEFFPRAGMA user_version",
  "ATTACH ':memory:' AS other",
  "DETACH other",
  "VACUUM",
  "REINDEX logs",
  "ANALYZE",
  "SELECT 1; DELETE FROM logs",
  "",
  "-- nothing",
];

export async function expectRefusal(play: PlayTogether, sql: string): Promise<void> {
  const trying: Body = async (db) => {
    await insert(db, "here");
    const plain = await Promise.all([message(db.get(sql)), message(db.all(sql)), message(db.run(sql))]);
    const inside = await db.transaction(async (tx) => [
      await message(tx.get(sql)),
      await message(tx.all(sql)),
      await message(tx.run(sql)),
    ]);
    return { told: [...plain, ...inside], left: await texts(db) };
  };
  const [{ told, left }] = (await play([trying])) as [{ told: string[]; left: string[] }];
  expect(told).toHaveLength(6);
  for (const each of told) expect(each).toMatch(/not available to handlers|more than one statement/u);
  expect(left).toEqual(["here"]);
}
