/**
 * `c.var.db` of a service under check: every call is asked for at the gate, and a request has at most one transaction,
 * which nested and simultaneous ones join. Takes a way to ask; holds no rows.
 */
import type { Database, RunResult, SqlValue, Transaction } from "../vocabulary.ts";
import { type ActorContext, actorStorage, type OpenTransaction } from "./actor-context.ts";
import type { DatabaseEffect, Effect } from "./effect.ts";

/** Resolves when the world has performed the effect; never, when the world is gone. */
export type Ask = (effect: Effect) => Promise<unknown>;

export function createGatedDatabase(ask: Ask): Database {
  return { ...handleOf(ask, null), transaction: (body) => transact(ask, body) };
}

function handleOf(ask: Ask, open: OpenTransaction | null): Transaction {
  const query = (operation: "get" | "all" | "run", sql: unknown, params: readonly SqlValue[]): Promise<unknown> => {
    if (typeof sql !== "string") return Promise.reject(new TypeError("A statement must be a text."));
    return open?.over === true
      ? Promise.reject(new Error("This transaction is over: await every call on tx before its callback returns."))
      : ask({ resource: "database", operation, sql, params });
  };
  return {
    get: <Row>(sql: string, ...params: SqlValue[]) => query("get", sql, params) as Promise<Row | undefined>,
    all: <Row>(sql: string, ...params: SqlValue[]) => query("all", sql, params) as Promise<Row[]>,
    run: (sql: string, ...params: SqlValue[]) => query("run", sql, params) as Promise<RunResult>,
  };
}

async function transact<Result>(ask: Ask, body: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const context = actorStorage.getStore();
  if (context === undefined) return await body(handleOf(ask, null));
  if (context.transaction !== null) return await join(context.transaction, ask, body);
  const open: OpenTransaction = { begun: control(ask, "begin"), joined: new Set(), over: false };
  context.transaction = open;
  await open.begun;
  return await conclude({ context, open, ask, body });
}

/** The open transaction does not end before a body that joined it has settled. */
async function join<Result>(
  open: OpenTransaction,
  ask: Ask,
  body: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const joining = open.begun.then(() => body(handleOf(ask, open)));
  open.joined.add(joining);
  try {
    return await joining;
  } finally {
    open.joined.delete(joining);
  }
}

async function conclude<Result>(transaction: {
  context: ActorContext;
  open: OpenTransaction;
  ask: Ask;
  body: (tx: Transaction) => Promise<Result>;
}): Promise<Result> {
  const { context, open, ask, body } = transaction;
  const [outcome] = await Promise.allSettled([Promise.resolve(handleOf(ask, open)).then(body)]);
  while (open.joined.size > 0) await Promise.allSettled(open.joined);
  // From here on the end is on its way to the gate, and what the request asks for comes after it.
  open.over = true;
  context.transaction = null;
  await control(ask, outcome.status === "fulfilled" ? "commit" : "rollback");
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

function control(ask: Ask, operation: DatabaseEffect["operation"]): Promise<unknown> {
  return ask({ resource: "database", operation, sql: "", params: [] });
}
