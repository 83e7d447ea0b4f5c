/**
 * The database of a live service: a SQLite file in WAL mode behind the handle that handlers see.
 * Plain calls use one connection and transactions another, so that nobody reads what is not committed.
 * Takes a path, delays and an observer; must not know routes, caches or what a handler is.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, SqlValue, Transaction, TruthReader } from "../../vocabulary.ts";
import type { Statement } from "../statements.ts";
import { createFairQueue } from "./fair-queue.ts";
import type { FairQueue } from "./fair-queue.ts";
import { openLiveConnection } from "./live-connection.ts";
import type { LiveConnection, Performed, Query } from "./live-connection.ts";
import type { LiveDatabaseStep, Observer } from "./live-step.ts";
import { messageOf, shown } from "./plain-value.ts";
import type { LiveRequest, RequestScope } from "./request-scope.ts";
import { begin, commit, joinedSettled, joinOpen, rollback } from "./transactions.ts";
import type { OpenTransaction } from "./transactions.ts";
import { whenNotBusy } from "./when-not-busy.ts";

export interface LiveDatabaseOptions {
  /** Path of an existing SQLite file. */
  readonly file: string;
  /** Milliseconds to wait after each statement; `costly` when it reads one of the costly tables. */
  readonly delay: { readonly costly: number; readonly plain: number };
  readonly costly: readonly string[];
  readonly scope: RequestScope;
  readonly observe: Observer;
  /** Called at once when something was committed, before anybody is told of it. */
  readonly onCommit?: () => void;
  /** How a delay is waited for; a real timer unless given. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** One statement as it was asked for. */
interface Asked {
  readonly query: Query;
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

type Effect = Performed & { readonly statement: Statement };
type Reported = Omit<LiveDatabaseStep, "kind" | "at" | "duration">;

export class LiveDatabase {
  readonly #options: LiveDatabaseOptions;
  readonly #plain: LiveConnection;
  readonly #writer: LiveConnection;
  readonly #reader: LiveConnection;
  readonly #queue: FairQueue = createFairQueue();

  /** Throws an environment error when the file cannot be opened. */
  constructor(options: LiveDatabaseOptions) {
    this.#options = options;
    this.#plain = openLiveConnection(options.file, { readonly: false });
    this.#writer = openLiveConnection(options.file, { readonly: false });
    this.#reader = openLiveConnection(options.file, { readonly: true });
  }

  readonly db: Database = {
    ...this.#handle((request, asked) => this.#query(request, asked, () => request.transaction)),
    transaction: (body) => this.#asRequest((request) => this.#transaction(request, body)),
  };

  /** Committed rows, read at once and without delay. */
  readonly truth: TruthReader = {
    get: <Row>(sql: string, ...params: SqlValue[]) =>
      this.#reader.describe(sql).prepared.get(...params) as Row | undefined,
    all: <Row>(sql: string, ...params: SqlValue[]) => this.#reader.describe(sql).prepared.all(...params) as Row[],
  };

  /** Another number after each commit, whichever process made it. */
  readonly commits = (): number => this.#reader.commits();

  close(): void {
    for (const connection of this.#connections()) connection.sqlite.close();
  }

  #handle(perform: (request: LiveRequest, asked: Asked) => Promise<unknown>): Transaction {
    const ask = <Result>(query: Query, sql: string, params: SqlValue[]): Promise<Result> =>
      this.#asRequest((request) => perform(request, { query, sql, params })) as Promise<Result>;
    return {
      get: (sql, ...params) => ask("get", sql, params),
      all: (sql, ...params) => ask("all", sql, params),
      run: (sql, ...params) => ask("run", sql, params),
    };
  }

  #asRequest<Result>(body: (request: LiveRequest) => Promise<Result>): Promise<Result> {
    const { scope } = this.#options;
    const request = scope.current();
    return request === null ? scope.enterNobody(body) : body(request);
  }

  async #query(request: LiveRequest, asked: Asked, open: () => OpenTransaction | null): Promise<unknown> {
    const started = performance.now();
    const about = { request: request.number, operation: asked.query, sql: asked.sql, params: asked.params.map(shown) };
    try {
      const { statement, value, changes } = await inTurn(request, () => this.#effect(asked, open()));
      const costly = statement.reads.some((table) => this.#options.costly.includes(table));
      await this.#report({ ...about, reads: statement.reads, costly, changes }, started);
      return value;
    } catch (error) {
      await this.#report({ ...about, reads: [], costly: false, error: messageOf(error) }, started);
      throw error;
    }
  }

  async #effect(asked: Asked, open: OpenTransaction | null): Promise<Effect> {
    if (open !== null) return this.#effectInside(asked, open);
    const statement = this.#plain.describe(asked.sql);
    if (!statement.writes) return this.#perform(this.#plain, statement, asked);
    const leave = await this.#queue.enter();
    try {
      return await whenNotBusy(() => {
        const effect = this.#perform(this.#plain, statement, asked);
        this.#options.onCommit?.();
        return effect;
      });
    } finally {
      leave();
    }
  }

  #effectInside(asked: Asked, open: OpenTransaction): Effect {
    if (open.over) throw new Error("This transaction is over: await every call on tx before its callback returns.");
    // SQLite gives a transaction up by itself on some errors; what follows must not be committed one by one.
    if (!this.#writer.sqlite.inTransaction)
      throw new Error("A statement of this transaction made SQLite roll it back.");
    return this.#perform(this.#writer, this.#writer.describe(asked.sql), asked);
  }

  #perform(connection: LiveConnection, statement: Statement, asked: Asked): Effect {
    const performed = connection.perform(statement, asked.query, asked.params);
    if (statement.altersSchema) for (const each of this.#connections()) each.forget();
    return { statement, ...performed };
  }

  async #transaction<Result>(request: LiveRequest, body: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const started = performance.now();
    const { open, mine } = await inTurn(request, () => this.#beginOrJoin(request));
    const run = async (): Promise<Result> => body(this.#handle((_, asked) => this.#query(request, asked, () => open)));
    if (!mine) return joinOpen(open, run);
    await this.#report(boundary(request, "begin"), started);
    return this.#conclude(request, open, run);
  }

  async #beginOrJoin(request: LiveRequest): Promise<{ open: OpenTransaction; mine: boolean }> {
    if (request.transaction !== null) return { open: request.transaction, mine: false };
    const open = await begin(this.#writer, this.#queue);
    request.transaction = open;
    return { open, mine: true };
  }

  async #conclude<Result>(request: LiveRequest, open: OpenTransaction, body: () => Promise<Result>): Promise<Result> {
    const [outcome] = await Promise.allSettled([body()]);
    await joinedSettled(open);
    if (outcome.status === "rejected") {
      await this.#end(request, "rollback", () => rollback(this.#writer, open));
      throw outcome.reason;
    }
    await this.#end(request, "commit", () => {
      commit(this.#writer, open);
      this.#options.onCommit?.();
    });
    return outcome.value;
  }

  async #end(request: LiveRequest, operation: "commit" | "rollback", end: () => void): Promise<void> {
    const started = performance.now();
    await inTurn(request, () => {
      request.transaction = null;
      end();
    });
    await this.#report(boundary(request, operation), started);
  }

  /** The effect comes first and the delay after it: a slow answer shows the state in which its statement began. */
  async #report(step: Reported, started: number): Promise<void> {
    const { delay, observe, wait = sleep } = this.#options;
    const pause = step.costly ? delay.costly : delay.plain;
    if (pause > 0 && step.error === undefined) await wait(pause);
    observe({ kind: "database", ...step, at: Date.now(), duration: performance.now() - started });
  }

  #connections(): readonly LiveConnection[] {
    return [this.#plain, this.#writer, this.#reader];
  }
}

/** A request's calls take effect in the order in which it made them, awaited or not. */
function inTurn<Result>(request: LiveRequest, act: () => Promise<Result> | Result): Promise<Result> {
  const turn = request.lastEffect.then(act);
  request.lastEffect = turn.catch(() => undefined);
  return turn;
}

function boundary(request: LiveRequest, operation: "begin" | "commit" | "rollback"): Reported {
  return { request: request.number, operation, sql: null, params: [], reads: [], costly: false };
}
