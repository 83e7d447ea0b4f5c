/**
 * One fix on stage: throwaway folders, two servers, one observation; then the checker's verdict on the same files.
 * Leaves nothing behind, whatever happens.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import type { Scenario } from "../src/vocabulary.ts";
import type { Candidate } from "./candidates.ts";
import type { Observation } from "./observation.ts";
import { observe } from "./observe.ts";
import { NotServing, withServers } from "./open-servers.ts";
import { seededRandom } from "./seeded-random.ts";
import { openService } from "./service.ts";
import { createSharedDatabase } from "./shared-database.ts";

export interface Staging {
  readonly root: string;
  readonly scenario: Scenario;
  readonly candidate: Candidate;
  readonly redis: string;
  readonly seed: string;
  /** Where servers keep compiled modules for those that come after them. */
  readonly compiled: string;
  /** Milliseconds for the bursts. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
}

export async function inScratchFolder<Result>(body: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "stale-stats-calibrate-")));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Rejects with NotServing when the handlers do not load, and when a server is lost on the way. */
export async function observeFix(staging: Staging, folder: string): Promise<Observation> {
  const { scenario, candidate, seed } = staging;
  const random = seededRandom(`${seed} ${candidate.name}`);
  const databaseFile = join(folder, "database.db");
  const database = createSharedDatabase({ file: databaseFile, scenario, random });
  const folders = [join(folder, "a"), join(folder, "b")] as const;
  await Promise.all(folders.map(async (copy) => writeHandlers(copy, candidate.files)));
  try {
    return await withServers({ ...staging, slug: scenario.slug, folders, databaseFile }, async (servers) => {
      const service = openService({ scenario, database, servers });
      const stopped = (): boolean => staging.signal.aborted || servers.lost() !== null;
      const seen = await observe({ service, random, timeLimit: staging.timeLimit, stopped });
      const why = servers.lost();
      if (why !== null) throw new NotServing(why);
      return seen;
    });
  } finally {
    database.close();
  }
}

export async function writeHandlers(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `{ "type": "module" }\n`);
  for (const [name, text] of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
