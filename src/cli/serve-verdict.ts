/** Follows the last verdict on the working copy while a scenario is served. Looks at the database when its file has changed. */
import { statSync } from "node:fs";
import { WorkshopError } from "../errors.ts";
import type { KeptVerdict } from "../vocabulary.ts";
import { progress } from "../workspace/index.ts";

export interface VerdictWatch {
  readonly place: { readonly home: string; readonly slug: string };
  /** Absolute path of the workshop's database. */
  readonly databaseFile: string;
  /** What is served now; null: nothing can be read. */
  files(): ReadonlyMap<string, string> | null;
}

export interface VerdictFollower {
  /** To be called every now and then; does nothing while an earlier look goes on. Shows what is new since the last. */
  look(show: (verdict: KeptVerdict | null) => void): Promise<void>;
}

export function followVerdict({ place, databaseFile, files }: VerdictWatch): VerdictFollower {
  let stamp = "";
  let looking = false;
  let last: Awaited<ReturnType<typeof progress.lastVerdict>> = null;
  let shown = "";
  const look: VerdictFollower["look"] = async (show) => {
    const now = stampOf(databaseFile);
    if (now !== stamp) last = await progress.lastVerdict(place);
    stamp = now;
    const served = files();
    const kept = last === null ? null : { at: last.at, verdict: last.verdict, current: isOf(last.handlers, served) };
    const told = kept === null ? "" : `${kept.at} ${kept.current}`;
    if (told !== shown) show(kept);
    shown = told;
  };
  return {
    look: async (show) => {
      if (looking) return;
      looking = true;
      try {
        await look(show);
      } catch (error) {
        if (!(error instanceof WorkshopError)) throw error; // busy, gone or being replaced: it is looked at again
        stamp = "";
      } finally {
        looking = false;
      }
    },
  };
}

function isOf(handlers: string, files: ReadonlyMap<string, string> | null): boolean {
  return files !== null && progress.fingerprint(files) === handlers;
}

/** Changes with each write, whether it went into the file or into what SQLite keeps beside it. */
function stampOf(file: string): string {
  return [file, `${file}-wal`]
    .map((each) => statSync(each, { throwIfNoEntry: false }))
    .map((found) => (found === undefined ? "" : `${found.mtimeMs} ${found.size} ${found.ino}`))
    .join(" ");
}
