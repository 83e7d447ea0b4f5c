/**
 * Invalidations that could not be carried out, kept in a SQLite file beside the service's database: every process of
 * the service sees them, and they outlive each of them. Keys up to a bound; above it, the whole cache.
 * Knows no Redis: is told what failed, says what must not be read, and hands out what is to be done.
 */
import BetterSqlite3 from "better-sqlite3";

export interface Outstanding {
  /** What to invalidate: keys, or everything there is. */
  readonly keys: readonly string[] | "everything";
  /** To be told when it is done; what has failed again since is not forgotten. */
  readonly upTo: number;
}

/** Keys that are remembered one by one. */
const MOST_KEYS = 10_000;
const BATCH = 500;
/** Milliseconds that a process waits for another one's write; all its requests wait with it. */
const BUSY = 200;
const EVERYTHING = "*";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS outstanding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cache TEXT NOT NULL,
    what TEXT NOT NULL,
    UNIQUE (cache, what)
  )
`;

export class OutstandingInvalidations {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #covers: BetterSqlite3.Statement<[string, string]>;
  readonly #add: BetterSqlite3.Statement<[string, string]>;
  readonly #count: BetterSqlite3.Statement<[string]>;
  readonly #cache: string;
  readonly #most: number;
  readonly #shared: boolean;
  /** Nothing is on the list, and nobody else writes on it. */
  #surelyEmpty = false;
  /** The list itself could not be written: then nothing may be read at all. */
  #unwritten = false;

  /**
   * `cache` tells the caches of one service apart; `shared`: other processes have the file open as well, so that each
   * look has to be at the file. Throws when it cannot be opened.
   */
  constructor(options: { file: string; cache: string; shared: boolean; most?: number }) {
    const { file, cache, shared, most = MOST_KEYS } = options;
    this.#sqlite = new BetterSqlite3(file, { timeout: BUSY });
    this.#sqlite.pragma("journal_mode = WAL");
    this.#sqlite.pragma("synchronous = NORMAL");
    this.#sqlite.exec(SCHEMA);
    this.#cache = cache;
    this.#most = most;
    this.#shared = shared;
    this.#covers = this.#sqlite.prepare(`SELECT 1 FROM outstanding WHERE cache = ? AND what IN ('${EVERYTHING}', ?)`);
    // A new id, so that who is carrying out the old one does not forget the new one.
    this.#add = this.#sqlite.prepare("INSERT OR REPLACE INTO outstanding (cache, what) VALUES (?, ?)");
    this.#count = this.#sqlite.prepare("SELECT count(*) AS count FROM outstanding WHERE cache = ?").pluck();
  }

  /** Whether the entry of this key may be older than an acknowledged write. */
  covers(key: string): boolean {
    if (this.#surelyEmpty) return false;
    return this.#unwritten || this.#covers.get(this.#cache, named(key)) !== undefined;
  }

  add(key: string): void {
    this.#write(() => {
      if ((this.#count.get(this.#cache) as number) >= this.#most) this.#add.run(this.#cache, EVERYTHING);
      else this.#add.run(this.#cache, named(key));
    });
  }

  addEverything(): void {
    this.#write(() => this.#add.run(this.#cache, EVERYTHING));
  }

  /** null: nothing is outstanding. */
  next(): Outstanding | null {
    const rows = this.#sqlite
      .prepare<[string, string, number], { id: number; what: string }>(
        "SELECT id, what FROM outstanding WHERE cache = ? ORDER BY what = ? DESC, id LIMIT ?",
      )
      .all(this.#cache, EVERYTHING, BATCH);
    const everything = this.#unwritten || rows[0]?.what === EVERYTHING;
    if (everything) return { keys: "everything", upTo: this.#newest() };
    if (rows.length === 0) {
      this.#surelyEmpty = !this.#shared;
      return null;
    }
    return { keys: rows.map(({ what }) => what.slice(1)), upTo: rows.at(-1)?.id ?? 0 };
  }

  done({ keys, upTo }: Outstanding): void {
    this.#sqlite.prepare("DELETE FROM outstanding WHERE cache = ? AND id <= ?").run(this.#cache, upTo);
    if (keys === "everything") this.#unwritten = false;
  }

  close(): void {
    this.#sqlite.close();
  }

  #newest(): number {
    return this.#sqlite
      .prepare<[string]>("SELECT coalesce(max(id), 0) FROM outstanding WHERE cache = ?")
      .pluck()
      .get(this.#cache) as number;
  }

  /** Whoever asks has nothing to do better when the disk is full. */
  #write(write: () => void): void {
    this.#surelyEmpty = false;
    try {
      write();
    } catch {
      this.#unwritten = true;
    }
  }
}

/** So that no key is called like everything. */
function named(key: string): string {
  return `=${key}`;
}
