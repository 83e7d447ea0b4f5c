/**
 * Makes SQL's clock and dice belong to the run: `datetime('now')`, CURRENT_TIMESTAMP, random() and their kin answer
 * from the virtual clock and the run's seed, so that a replay repeats them. Takes a connection; knows no handlers.
 */
import BetterSqlite3 from "better-sqlite3";

const DATE_FUNCTIONS = ["date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"];

export function useVirtualClock(db: BetterSqlite3.Database, clock: { now: () => number; bits: () => number }): void {
  useClock(db, () => clock.now());
  const random = (): bigint => BigInt.asIntN(64, (BigInt(clock.bits()) << 32n) | BigInt(clock.bits()));
  db.function("random", { deterministic: false }, random);
  db.function("randomblob", { deterministic: false }, (length: unknown) =>
    Buffer.from(Array.from({ length: Math.min(Math.max(1, Number(length)), 1024) }, () => clock.bits() & 0xff)),
  );
}

/** `now`: milliseconds since 1970. The dice stay SQLite's own. */
export function useClock(db: BetterSqlite3.Database, now: () => number): void {
  const plain = lazyConnection();
  const iso = (): string => new Date(now()).toISOString().slice(0, 23).replace("T", " ");
  const options = { varargs: true, deterministic: false };
  for (const name of DATE_FUNCTIONS) {
    db.function(name, options, (...given: unknown[]) => {
      const least = name === "strftime" ? 1 : 0;
      const args = (given.length > least ? given : [...given, "now"]).map((arg) => (isNow(arg) ? iso() : arg));
      const marks = args.map(() => "?").join(", ");
      return plain()
        .prepare(`SELECT ${name}(${marks})`)
        .pluck()
        .get(...args);
    });
  }
  db.function("current_timestamp", () => iso().slice(0, 19));
  db.function("current_date", () => iso().slice(0, 10));
  db.function("current_time", () => iso().slice(11, 19));
}

function isNow(arg: unknown): boolean {
  return typeof arg === "string" && arg.trim().toLowerCase() === "now";
}

/** The functions keep their own meaning on a connection where they were not replaced. */
function lazyConnection(): () => BetterSqlite3.Database {
  let connection: BetterSqlite3.Database | null = null;
  return () => (connection ??= new BetterSqlite3(":memory:"));
}
