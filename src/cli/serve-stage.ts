/**
 * The throwaway folder of a served scenario: each version of the handlers in a folder of its own, and the database
 * copies. Takes texts and a way to copy; the originals' paths do not reach the handlers.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HandlersVersion } from "./serve-message.ts";

export interface ServeStage {
  /** Absolute real path. */
  readonly home: string;
  /** Counted from 1. */
  writeHandlers(files: ReadonlyMap<string, string>): Promise<HandlersVersion>;
  /** Gives the path of a new copy. */
  copyDatabase(): Promise<string>;
}

/** Removes the folder when `body` settles. */
export async function onServeStage<Result>(
  copy: (to: string) => Promise<void>,
  body: (stage: ServeStage) => Promise<Result>,
): Promise<Result> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "stale-stats-serve-")));
  let versions = 0;
  let copies = 0;
  try {
    return await body({
      home,
      writeHandlers: (files) => {
        versions += 1;
        return writeVersion(home, versions, files);
      },
      copyDatabase: async () => {
        copies += 1;
        const file = join(home, `database-${copies}.db`);
        await copy(file);
        return file;
      },
    });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

// The folders are named so that a place inside one is recognised as a place in the handlers.
async function writeVersion(
  home: string,
  version: number,
  files: ReadonlyMap<string, string>,
): Promise<HandlersVersion> {
  const folder = join(home, `stale-stats-${version}`, "a");
  await mkdir(folder, { recursive: true });
  // Without it Node would have to guess, for each file, whether it is a module.
  await writeFile(join(folder, "package.json"), `{ "type": "module" }\n`);
  for (const [name, text] of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { version, folder };
}
