/**
 * `stale-stats demonstrate-problem`: the incident, replayed through the participant's handlers on a private copy of
 * the workshop's database. Takes options and an Io, gives the exit code; changes nothing of the participant's.
 */
import { join, relative } from "node:path";
import { loadScenario, starterFiles } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { copyDatabase, readWorkingCopy, workingCopyFolder } from "../workspace/index.ts";
import { readCachePlace } from "./cache-order.ts";
import { tellTale } from "./demonstrate-problem-tale.ts";
import type { Io } from "./io.ts";
import { recordEvent } from "./record-event.ts";
import { untilStopped } from "./until-stopped.ts";
import { isoNow } from "./wall-clock.ts";

export interface DemonstrateOptions {
  readonly scenario: string;
  /** Through the handlers as they were shipped. */
  readonly starter?: boolean;
  readonly cache?: string;
}

/** Exit codes: 0 however the story ends; 4 and 5 when the handlers do not work; 130 when interrupted. */
export async function run(options: DemonstrateOptions, io: Io): Promise<number> {
  const cache = readCachePlace(options.cache);
  const place = { home: join(io.cwd, "workshop"), slug: options.scenario };
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  const handlers = await handlersOf({ options, io, scenario, place });
  const folder = relative(io.cwd, workingCopyFolder(place));
  const copy = (to: string): Promise<void> => copyDatabase({ ...place, to });
  const at = isoNow();
  const code = await untilStopped(io, (signal) =>
    tellTale({ io, scenario, folder, signal, cache, parts: { handlers, copyDatabase: copy } }),
  );
  await recordEvent({ slug: scenario.slug, event: { at, kind: "demonstration" }, io });
  return code;
}

interface Wanted {
  readonly options: DemonstrateOptions;
  readonly io: Io;
  readonly scenario: Scenario;
  readonly place: { readonly home: string; readonly slug: string };
}

async function handlersOf({ options, io, scenario, place }: Wanted): Promise<ReadonlyMap<string, string>> {
  if (options.starter === true) return starterFiles({ root: io.root, slug: scenario.slug });
  return readWorkingCopy({ ...place, scenario });
}
