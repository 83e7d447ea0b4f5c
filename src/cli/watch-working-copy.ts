/**
 * Watches a scenario's working copy with everything that a verdict within a blink takes: warm processes, file events,
 * and the records, which are kept when the verdict is on the screen. Prints nothing itself.
 */
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { type Place, progress, workingCopyFolder } from "../workspace/index.ts";
import { checkHandlers } from "./check-handlers.ts";
import { usualSettings } from "./check-settings.ts";
import type { Io } from "./io.ts";
import { lookAtCopy } from "./look-at-copy.ts";
import { recordAttempt } from "./record-attempt.ts";
import { isoNow } from "./wall-clock.ts";
import { openWarmProcesses, type WarmProcesses } from "./warm-processes.ts";
import { type CheckNews, watchChecks } from "./watch-checks.ts";
import { type FolderWatch, watchFolder } from "./watch-folder.ts";

export type News = CheckNews | { readonly kind: "note"; readonly text: string };

export interface Watching {
  readonly scenario: Scenario;
  readonly io: Io;
  readonly signal: AbortSignal;
  /** `print` of files that need no check. */
  readonly known?: string;
  /** The next check waits until it has resolved. */
  show(news: News): Promise<void> | void;
}

/** Resolves once the signal is aborted and nothing is left of it. */
export async function watchWorkingCopy(watching: Watching): Promise<void> {
  const { scenario, io, signal, known } = watching;
  const records = openRecords(watching);
  const folder = watchFolder(workingCopyFolder({ home: join(io.cwd, "workshop"), slug: scenario.slug }));
  const warm = await openWarmProcesses({ root: io.root, scenario });
  try {
    await records.claim();
    const after = afterwards({ watching, folder, warm, records });
    await watchChecks({
      folder,
      signal,
      look: () => lookAtCopy(scenario, io),
      check: (files, over) => check({ watching, files, warm, signal: over }),
      tell: async (news) => {
        await watching.show(news);
        await after(news);
      },
      ...(known === undefined ? {} : { known }),
    });
  } finally {
    await Promise.all([folder.close(), warm.close()]);
    records.close();
  }
}

function check(task: {
  watching: Watching;
  files: ReadonlyMap<string, string>;
  warm: WarmProcesses;
  signal: AbortSignal;
}): Promise<Verdict> {
  const { watching, files, warm, signal } = task;
  const { io, scenario } = watching;
  const settings = usualSettings(scenario);
  return checkHandlers({ root: io.root, scenario, files, settings, processes: warm, signal });
}

interface Session {
  readonly watching: Watching;
  readonly folder: FolderWatch;
  readonly warm: WarmProcesses;
  readonly records: Records;
}

/** What is done when a person can see the verdict already. */
function afterwards({ watching, folder, warm, records }: Session): (news: CheckNews) => Promise<void> {
  let began = isoNow();
  let toldOfPolling = false;
  return async (news) => {
    if (news.kind === "checking") began = isoNow();
    if (news.kind !== "verdict") return;
    warm.refill();
    await records.keep({ at: began, files: news.files, verdict: news.verdict });
    if (toldOfPolling || !folder.polling()) return;
    toldOfPolling = true;
    await watching.show({ kind: "note", text: POLLING });
  };
}

const POLLING = "No file events arrive in this folder, so it is looked at ten times a second.";
const SECOND = "This folder is watched elsewhere too: both show verdicts, and the other one keeps the record.";

interface Records {
  claim(): Promise<void>;
  keep(checked: Pick<Parameters<typeof recordAttempt>[0], "at" | "files" | "verdict">): Promise<void>;
  close(): void;
}

/** Whoever kept the record may have ended after its record of these files and before ours: of our verdict, or of the next. */
async function isRecorded(place: Place, files: ReadonlyMap<string, string>): Promise<boolean> {
  const handlers = progress.fingerprint(files);
  try {
    const attempts = await progress.listAttempts(place);
    return attempts.some((attempt) => attempt.scenario === place.slug && attempt.handlers === handlers);
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    return false; // it cannot be read for now: better twice than never
  }
}

/** One of several programs that watch the same folder records; when it ends, another takes over. */
function openRecords({ scenario, io, show }: Watching): Records {
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  let claimed: ReturnType<typeof progress.claimRecording> = null;
  let told = false;
  /** Until the first save that only we have seen. */
  let mayBeRecorded = false;
  const claim = async (): Promise<void> => {
    if (claimed !== null && !claimed.valid()) claimed.release();
    if (claimed === null || !claimed.valid()) claimed = progress.claimRecording(place);
    if (claimed !== null || told) return;
    told = true;
    await show({ kind: "note", text: SECOND });
  };
  return {
    claim,
    keep: async (checked) => {
      mayBeRecorded ||= claimed === null;
      await claim();
      if (claimed !== null && mayBeRecorded) mayBeRecorded = await isRecorded(place, checked.files);
      if (mayBeRecorded) return;
      const troubles: string[] = [];
      const notes = { ...io, err: (text: string) => void troubles.push(text.trim()) };
      if (claimed !== null) await recordAttempt({ ...checked, attempt: null }, notes);
      for (const text of troubles) await show({ kind: "note", text });
    },
    close: () => claimed?.release(),
  };
}
