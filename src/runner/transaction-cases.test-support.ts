/**
 * What handlers may rely on about transactions, live and in a check alike: run by each database from a file of its own.
 */
import { expect } from "vitest";
import type { Transaction } from "../vocabulary.ts";
import { type Body, insert, type IsolationCase, message, milestone, texts } from "./isolation-bench.test-support.ts";

export const TRANSACTION_CASES: Readonly<Record<string, IsolationCase>> = {
  "others read the last committed state while a transaction is open, and the new one after it": async (play) => {
    const [written, read, finished] = [milestone(), milestone(), milestone()];
    const writer: Body = (db) =>
      db
        .transaction(async (tx) => {
          await insert(tx, "one");
          const own = await texts(tx);
          written.reach();
          await read.reached;
          await insert(tx, "two");
          return [own, await texts(tx)];
        })
        .finally(finished.reach);
    const reader: Body = async (db) => {
      await written.reached;
      const before = await texts(db);
      read.reach();
      await finished.reached;
      return [before, await texts(db)];
    };
    expect(await play([writer, reader])).toEqual([
      [["one"], ["one", "two"]],
      [[], ["one", "two"]],
    ]);
  },

  "writes and transactions of others wait for the open one": async (play) => {
    const begun = milestone();
    const order: string[] = [];
    const first: Body = async (db) => {
      await db.transaction(async (tx) => {
        begun.reach();
        for (const text of ["a", "b", "c"]) await insert(tx, text);
        order.push("first");
      });
    };
    const second: Body = async (db) => {
      await begun.reached;
      await insert(db, "plain");
      order.push("second");
    };
    const third: Body = async (db) => {
      await begun.reached;
      await db.transaction((tx) => insert(tx, "tx"));
      order.push("third");
    };
    const all = (await play([first, second, third], [texts]))[3] as string[];
    expect(order[0]).toBe("first");
    expect(all.slice(0, 3)).toEqual(["a", "b", "c"]);
    expect(all.slice(3).toSorted()).toEqual(["plain", "tx"]);
  },

  "a transaction that fails leaves nothing of its own, plain calls of its request included": async (play) => {
    const failing: Body = (db) =>
      db.transaction(async (tx) => {
        await insert(tx, "through tx");
        await insert(db, "through db");
        throw new Error("changed my mind");
      });
    expect(await play([failing], [texts])).toEqual([{ error: "changed my mind" }, []]);
  },

  "a body that throws at once rolls back and lets the next one in": async (play) => {
    const throwing: Body = (db) =>
      db.transaction(() => {
        throw new Error("at once");
      });
    const next: Body = (db) => db.transaction((tx) => insert(tx, "next"));
    const [told, , left] = await play([throwing], [next], [texts]);
    expect([told, left]).toEqual([{ error: "at once" }, ["next"]]);
  },

  "a nested transaction joins: it is rolled back with the outer one, and its error may be caught": async (play) => {
    const outerFails: Body = (db) =>
      db.transaction(async () => {
        await db.transaction((tx) => insert(tx, "inner"));
        throw new Error("outer");
      });
    const innerFails: Body = (db) =>
      db.transaction(async (tx) => {
        const inner = db.transaction(async (nested) => {
          await insert(nested, "kept");
          throw new Error("inner");
        });
        const told = await message(inner);
        await insert(tx, "and more");
        return told;
      });
    const outcomes = await play([outerFails], [innerFails], [texts]);
    expect(outcomes).toEqual([{ error: "outer" }, "inner", ["kept", "and more"]]);
  },

  "two transactions that one request starts at once share one, which ends when both are done": async (play) => {
    const twice: Body = (db) =>
      Promise.all([
        db.transaction((tx) => insert(tx, "quick")),
        db.transaction(async (tx) => {
          for (const text of ["slow 1", "slow 2"]) await insert(tx, text);
        }),
      ]);
    const [, left] = (await play([twice], [texts])) as [unknown, string[]];
    expect(left.toSorted()).toEqual(["quick", "slow 1", "slow 2"]);
  },

  "of two that share one, a late failure of the one that began undoes both": async (play) => {
    const twice: Body = (db) =>
      Promise.allSettled([
        db.transaction(async (tx) => {
          for (const text of ["1", "2", "3"]) await insert(tx, text);
          throw new Error("late");
        }),
        db.transaction((tx) => insert(tx, "joined")),
      ]).then((outcomes) => outcomes.map(({ status }) => status));
    expect(await play([twice], [texts])).toEqual([["rejected", "fulfilled"], []]);
  },

  "after its end a transaction's handle is refused, and plain calls commit by themselves again": async (play) => {
    const late: Body = async (db) => {
      let kept: Transaction | undefined;
      await db.transaction(async (tx) => {
        kept = tx;
        await insert(tx, "in time");
      });
      const told = kept === undefined ? "" : await message(insert(kept, "late"));
      await insert(db, "plain");
      return told;
    };
    expect(await play([late], [texts])).toEqual([
      expect.stringContaining("This transaction is over"),
      ["in time", "plain"],
    ]);
  },

  "rows that a transaction has seen stay as they were when somebody else reads in between": async (play) => {
    const [written, read] = [milestone(), milestone()];
    const dice = "INSERT INTO logs (text) VALUES (random() || ' ' || strftime('%s', 'now')) RETURNING id, text";
    const writer: Body = (db) =>
      db.transaction(async (tx) => {
        const inserted = await tx.get(dice);
        written.reach();
        await read.reached;
        return [inserted, await tx.get("SELECT id, text FROM logs")];
      });
    const reader: Body = async (db) => {
      await written.reached;
      const seen = await texts(db);
      read.reach();
      return seen;
    };
    const [pair, seen] = await play([writer, reader]);
    const [inserted, later] = pair as unknown[];
    expect(later).toEqual(inserted);
    expect(seen).toEqual([]);
  },
};
