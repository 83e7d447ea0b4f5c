/**
 * The throwaway folder of one demonstration: a copy of the handlers and a private database, gone afterwards in any case.
 * Takes texts and a way to copy the database; the originals' paths do not reach the handlers.
 */
import { mkdtemp, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Stage {
  readonly folder: string;
  readonly databaseFile: string;
}

export interface StageParts {
  /** File name → text. */
  readonly handlers: ReadonlyMap<string, string>;
  copyDatabase(to: string): Promise<void> | void;
}

/** Removes the folder when `body` settles. */
export async function onStage<Result>(parts: StageParts, body: (stage: Stage) => Promise<Result>): Promise<Result> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "stale-stats-live-")));
  try {
    return await body(await build(home, parts));
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function build(home: string, { handlers, copyDatabase }: StageParts): Promise<Stage> {
  const folder = join(home, "a");
  await mkdir(folder);
  // Without it Node would have to guess, for each file, whether it is a module.
  await writeFile(join(folder, "package.json"), `{ "type": "module" }\n`);
  for (const [name, text] of handlers) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const databaseFile = join(home, "database.db");
  await copyDatabase(databaseFile);
  return { folder, databaseFile };
}
