/**
 * Says when it is time to look at a folder: at each event of its files, and several times a second in any case, because
 * on network folders and in containers changes made elsewhere bring no event. Reads nothing itself.
 */
import { statSync } from "node:fs";
import { sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { watch } from "chokidar";

/** Milliseconds between two looks while events are believed to arrive, and when they are known not to. */
const PACE = { events: 250, polling: 100 } as const;

export interface FolderWatch {
  /** Resolves at the next occasion to look, or when aborted; at once when there was one since the last call. */
  occasion(signal: AbortSignal): Promise<void>;
  /** To be told when a look has found a change: one that no event announces, before or soon after, is a sign. */
  changed(): void;
  /** True once changes have been found that brought no event. */
  polling(): boolean;
  close(): Promise<void>;
}

/** Calls `heard` at each event until it is closed. */
type Events = (folder: string, heard: () => void) => { close(): Promise<void> };

export function watchFolder(folder: string, events: Events = fileEvents): FolderWatch {
  const bell = openBell();
  const ears = openEars();
  const closing = new AbortController();
  const open = (): ReturnType<Events> =>
    events(folder, () => {
      ears.heard();
      bell.ring();
    });
  let source = open();
  let identity = identityOf(folder);
  const tick = async (): Promise<void> => {
    const present = identityOf(folder);
    if (present !== null && present !== identity) {
      await source.close();
      ears.reopened();
      source = open();
    }
    identity = present;
    ears.tick();
    bell.ring();
  };
  const pace = (): number => (ears.deaf() ? PACE.polling : PACE.events);
  const ticking = keepTicking({ tick, pace, signal: closing.signal });
  return {
    occasion: bell.rung,
    changed: ears.changed,
    polling: ears.deaf,
    close: async () => {
      closing.abort();
      await ticking;
      await source.close();
    },
  };
}

async function keepTicking(job: { tick: () => Promise<void>; pace: () => number; signal: AbortSignal }): Promise<void> {
  while (!job.signal.aborted) {
    await pause(job.pace(), undefined, { signal: job.signal }).catch(() => {});
    await job.tick();
  }
}

/** Another one after the folder was removed and made again: events of the old one are not events of the new one. */
function identityOf(folder: string): string | null {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.ino} ${found.birthtimeMs}`; // a number is soon given away again
}

interface Bell {
  ring(): void;
  rung(signal: AbortSignal): Promise<void>;
}

/** Rings are not counted: who comes late looks once. */
function openBell(): Bell {
  let next = Promise.withResolvers<void>();
  return {
    ring: () => next.resolve(),
    rung: async (signal) => {
      if (signal.aborted) return;
      const over = Promise.withResolvers<void>();
      const end = (): void => over.resolve();
      signal.addEventListener("abort", end);
      await Promise.race([next.promise, over.promise]);
      signal.removeEventListener("abort", end);
      if (!signal.aborted) next = Promise.withResolvers();
    },
  };
}

interface Ears {
  heard(): void;
  changed(): void;
  tick(): void;
  /** What was missed until now was missed for a reason. */
  reopened(): void;
  deaf(): boolean;
}

/**
 * Whether events arrive, from what happened in which order. An event may be a little later than a look. One silent
 * change proves nothing: of two writes within milliseconds, the second is not announced again.
 */
export function openEars(): Ears {
  let announced = false;
  let ticksSinceSilentChange: number | null = null;
  let silentChanges = 0;
  return {
    heard: () => {
      announced = true;
      ticksSinceSilentChange = null;
      silentChanges = 0;
    },
    changed: () => {
      if (!announced) ticksSinceSilentChange ??= 0;
      announced = false;
    },
    tick: () => {
      if (ticksSinceSilentChange === null) return;
      ticksSinceSilentChange += 1;
      if (ticksSinceSilentChange <= 2) return;
      ticksSinceSilentChange = null;
      silentChanges += 1;
    },
    reopened: () => {
      announced = true;
      ticksSinceSilentChange = null;
    },
    deaf: () => silentChanges > 1,
  };
}

/** An error (no more watches, say) is silence: looking goes on without events. */
function fileEvents(folder: string, heard: () => void): { close(): Promise<void> } {
  const watcher = watch(folder, { ignoreInitial: true, atomic: false, ignored: (path) => isPrivate(path, folder) });
  // What changed before it was ready brought no event: that is no sign of anything.
  watcher
    .on("all", heard)
    .on("ready", heard)
    .on("error", () => {});
  return { close: () => watcher.close() };
}

/** Our own data changes with each record, and packages and repositories with everything. */
function isPrivate(path: string, folder: string): boolean {
  const parts = path.slice(folder.length).split(/[\\/]/u);
  return path.startsWith(folder + sep) && parts.some((part) => part === "node_modules" || part.startsWith("."));
}
