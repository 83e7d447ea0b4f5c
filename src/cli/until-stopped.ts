/** Lets work that starts processes hear that the command is to end, by Ctrl-C or otherwise, and tidy up. */
import type { Io } from "./io.ts";

/** The second is a terminal that is closed. */
const ENDINGS = ["SIGTERM", "SIGHUP"] as const;

export async function untilStopped<Result>(io: Io, body: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  io.interrupted?.addEventListener("abort", abort);
  for (const signal of ENDINGS) process.on(signal, abort);
  try {
    return await body(stop.signal);
  } finally {
    io.interrupted?.removeEventListener("abort", abort);
    for (const signal of ENDINGS) process.removeListener(signal, abort);
  }
}
