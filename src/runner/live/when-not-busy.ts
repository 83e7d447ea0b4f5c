/** Waits, without standing in anybody's way, while another process writes to the same SQLite file. */
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds between two tries, and until it is given up. */
const PAUSE = 2;
const PATIENCE = 5000;

/** Throws what `act` throws, SQLite's own "database is locked" once the patience is over. */
export async function whenNotBusy<Result>(act: () => Result): Promise<Result> {
  const started = performance.now();
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error) || performance.now() - started > PATIENCE) throw error;
    }
    await pause(PAUSE);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
