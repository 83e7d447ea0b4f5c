/**
 * Transactions of live requests: one at a time, on a connection of their own, in the order in which they were asked for.
 * Nested ones join the one that is open. Takes the writer connection and the queue; knows no delay and no observer.
 */
import type { FairQueue } from "./fair-queue.ts";
import type { LiveConnection } from "./live-connection.ts";
import { whenNotBusy } from "./when-not-busy.ts";

export interface OpenTransaction {
  /** Bodies that joined and have not settled. */
  readonly joined: Set<Promise<unknown>>;
  over: boolean;
  readonly leave: () => void;
}

/** Resolves when no other transaction or write is going on and this one has begun. */
export async function begin(writer: LiveConnection, queue: FairQueue): Promise<OpenTransaction> {
  const leave = await queue.enter();
  try {
    await whenNotBusy(() => writer.sqlite.exec("BEGIN IMMEDIATE"));
  } catch (error) {
    leave();
    throw error;
  }
  return { joined: new Set(), over: false, leave };
}

/** Throws, having rolled back, when SQLite cannot commit or has given the transaction up by itself. */
export function commit(writer: LiveConnection, open: OpenTransaction): void {
  try {
    if (!writer.sqlite.inTransaction) throw new Error("A statement of this transaction made SQLite roll it back.");
    writer.sqlite.exec("COMMIT");
  } catch (error) {
    rollback(writer, open);
    throw error;
  }
  end(open);
}

export function rollback(writer: LiveConnection, open: OpenTransaction): void {
  if (writer.sqlite.inTransaction) writer.sqlite.exec("ROLLBACK");
  end(open);
}

/** Runs a nested body in the open transaction, which does not end before it has settled. */
export async function joinOpen<Result>(open: OpenTransaction, body: () => Promise<Result>): Promise<Result> {
  const joining = body();
  open.joined.add(joining);
  try {
    return await joining;
  } finally {
    open.joined.delete(joining);
  }
}

/** Resolves when every joined body has settled, those that join meanwhile included. Never rejects. */
export async function joinedSettled(open: OpenTransaction): Promise<void> {
  while (open.joined.size > 0) await Promise.allSettled(open.joined);
}

function end(open: OpenTransaction): void {
  open.over = true;
  open.leave();
}
