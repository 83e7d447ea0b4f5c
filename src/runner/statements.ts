/**
 * What a SQL statement is, by SQLite's own program for it: which tables it reads and writes, whether it alters the
 * schema, and whether handlers may run it at all. Takes a connection; remembers each text; executes nothing.
 */
import type BetterSqlite3 from "better-sqlite3";

interface Operation {
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
}

export interface Statement {
  readonly prepared: BetterSqlite3.Statement<unknown[], unknown>;
  readonly reads: readonly string[];
  readonly writes: boolean;
  /** Tables written to, also by triggers. */
  readonly writesTo: readonly string[];
  readonly altersSchema: boolean;
  /** When it fails it takes the open transaction with it (`OR ROLLBACK`), but was prepared to undo only itself. */
  readonly givesUp: boolean;
}

/**
 * The first word decides the kind of a statement. Pragmas take effect while they are being prepared, even under
 * EXPLAIN, so that they must be told by this word before SQLite sees them.
 */
const ALLOWED = new Set([
  "select",
  "values",
  "with",
  "insert",
  "replace",
  "update",
  "delete",
  "create",
  "drop",
  "alter",
]);

const FIRST_WORD = /^(?:\s+|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*([a-z]*)/iu;

/** The message with which a statement is refused, or null. */
export function refusal(sql: string): string | null {
  const word = FIRST_WORD.exec(sql)?.[1]?.toLowerCase() ?? "";
  if (ALLOWED.has(word)) return null;
  const shown = word === "" ? "An empty statement" : word.toUpperCase();
  return `${shown} is not available to handlers: use db.transaction(async (tx) => …) for transactions, and get, all or run for queries.`;
}

const SCHEMA_OPCODES = new Set(["ParseSchema", "CreateBtree", "Destroy", "DropTable", "DropIndex", "DropTrigger"]);

const ROLLS_BACK =
  "Constraints that roll back are not available to handlers: throw inside db.transaction to roll it back.";

/** SQLite's `OE_Rollback`: how a broken constraint ends. */
const END_BY_ROLLBACK = 1;

export class Statements {
  readonly #db: BetterSqlite3.Database;
  readonly #inSavepoint: boolean;
  readonly #known = new Map<string, Statement>();
  #tables: Map<number, string> | null = null;

  /** `inSavepoint`: the connection lies in a savepoint of ours that no statement may roll back. */
  constructor(db: BetterSqlite3.Database, options: { inSavepoint?: boolean } = {}) {
    this.#db = db;
    this.#inSavepoint = options.inSavepoint ?? false;
  }

  /** Throws what SQLite says about a text it cannot prepare, and a refusal. */
  get(sql: string): Statement {
    const known = this.#known.get(sql);
    if (known !== undefined) return known;
    const refused = refusal(sql);
    if (refused !== null) throw new Error(refused);
    const statement = this.#describe(sql);
    if (this.#known.size > 500) this.#known.clear();
    this.#known.set(sql, statement);
    return statement;
  }

  /** After the schema changed: pages may belong to other tables now. */
  forget(): void {
    this.#known.clear();
    this.#tables = null;
  }

  #describe(sql: string): Statement {
    const { prepared, program } = this.#compile(sql);
    if (!this.#inSavepoint || !program.some(rollsBack)) return this.#told(prepared, program);
    // SQLite would roll back everything on the connection, the world's own savepoint included.
    const { prepared: mild, program: rest } = this.#compile(sql.replaceAll(/\bOR\s+ROLLBACK\b/giu, "OR ABORT"));
    if (rest.some(rollsBack)) throw new Error(ROLLS_BACK);
    return { ...this.#told(mild, rest), givesUp: true };
  }

  #compile(sql: string): { prepared: Statement["prepared"]; program: Operation[] } {
    const prepared = this.#db.prepare<unknown[], unknown>(sql);
    return { prepared, program: withBlanks(this.#db.prepare<unknown[], Operation>(`EXPLAIN ${sql}`)) };
  }

  #told(prepared: Statement["prepared"], program: readonly Operation[]): Statement {
    return {
      prepared,
      reads: this.#tablesOpened(program, "OpenRead"),
      writesTo: this.#tablesOpened(program, "OpenWrite"),
      writes: !prepared.readonly,
      altersSchema: program.some(({ opcode }) => SCHEMA_OPCODES.has(opcode)),
      givesUp: false,
    };
  }

  #tablesOpened(program: readonly Operation[], opcode: "OpenRead" | "OpenWrite"): string[] {
    const opened = program.filter((operation) => operation.opcode === opcode && operation.p3 === 0);
    const tables = opened.map(({ p2 }) => this.#tableOf(p2)).filter((table) => table !== undefined);
    return [...new Set(tables)];
  }

  #tableOf(page: number): string | undefined {
    this.#tables ??= new Map(
      this.#db
        .prepare<[], { rootpage: number; tbl_name: string }>(
          "SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0",
        )
        .all()
        .map((row) => [row.rootpage, row.tbl_name]),
    );
    return this.#tables.get(page);
  }
}

/** EXPLAIN wants every parameter bound, to whatever; named ones are not part of the handle's contract. */
function withBlanks(explain: BetterSqlite3.Statement<unknown[], Operation>): Operation[] {
  const values: null[] = [];
  for (;;) {
    try {
      return explain.all(...values);
    } catch (error) {
      if (!(error instanceof RangeError) || values.length > 200) throw error;
      values.push(null);
    }
  }
}

function rollsBack({ opcode, p1, p2 }: Operation): boolean {
  return (opcode === "Halt" || opcode === "HaltIfNull") && p1 !== 0 && p2 === END_BY_ROLLBACK;
}
