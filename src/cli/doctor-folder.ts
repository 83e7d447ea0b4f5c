/** Tries the folder in which people work: can it be written, does SQLite work in it, do file events arrive. */
import { mkdtemp, rm, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, limited, type MachineFinding, ok, skipped, wordsOf } from "./doctor-finding.ts";

/** Milliseconds: events take a few where they come at all. */
const PATIENCE = 2000;

/** `folder` must exist to pass. Everything happens in a folder of our own in it, which is gone afterwards. */
export async function checkFolder(folder: string): Promise<MachineFinding[]> {
  let probe: string;
  try {
    probe = await mkdtemp(join(folder, ".stale-stats-doctor-"));
  } catch (error) {
    const refused = failed("folder", `${folder}: ${wordsOf(error)}`, "Allow writing there, or work in another folder.");
    return [refused, ...["sqlite", "file-events"].map((id) => skipped(id, "not tried: the folder cannot be written"))];
  }
  try {
    return [ok("folder", `can be written: ${folder}`), await checkSqlite(probe), await checkFileEvents(probe)];
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

async function checkSqlite(folder: string): Promise<MachineFinding> {
  try {
    // Loaded here: where its machine code does not load, this line says so and the others are still told.
    const { probeDatabase } = await import("../workspace/index.ts");
    return ok("sqlite", `${probeDatabase(folder)} loads, writes and reads`);
  } catch (error) {
    const advice = "Install stale-stats again on this machine; on a network folder, work on a local disk.";
    return failed("sqlite", wordsOf(error), advice);
  }
}

interface EventOptions {
  readonly patience: number;
  /** Makes the change that is to be seen. */
  touch(file: string): Promise<void>;
}

const USUAL: EventOptions = { patience: PATIENCE, touch: async (file) => await writeFile(file, "saved\n") };

/** A watcher as an editor's save would meet it. Bounded: where no event comes, that is the finding. */
export async function checkFileEvents(folder: string, options: EventOptions = USUAL): Promise<MachineFinding> {
  const startedAt = process.hrtime.bigint();
  try {
    // Opened before the change, and asked afterwards: what came in between is kept for us.
    const events = watch(folder, { signal: AbortSignal.timeout(options.patience) })[Symbol.asyncIterator]();
    const first = events.next();
    const [seen] = await Promise.allSettled([first, options.touch(join(folder, "handler.ts"))]);
    if (seen.status === "rejected") throw seen.reason;
    await events.return?.();
    return ok("file-events", `arrive, after ${Math.round(Number(process.hrtime.bigint() - startedAt) / 1e6)} ms`);
  } catch (error) {
    const why = error instanceof Error && error.name === "AbortError" ? "none arrived here" : wordsOf(error);
    return limited("file-events", why, "Nothing to do: changes are then found by looking, a little later.");
  }
}
