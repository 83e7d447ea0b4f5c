/**
 * What a process has used of the processor, so that one that waits for its turn on a busy machine is not taken for one
 * that is caught in a loop. Takes a process id; null where the platform does not tell.
 */
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessUse {
  /** Milliseconds of processor time since the process began, all threads together. */
  readonly processor: number;
  /** All of its threads wait for something other than the processor. */
  readonly asleep: boolean;
  /** Bytes in memory. */
  readonly resident: number;
}

/** Linux counts in hundredths of a second, whatever the machine. */
const TICK = 10;
const PAGE = 4096;
/** More than a loop gathers that only computes. */
const FILLING = 32 * 1024 * 1024;

export function readProcessUse(pid: number): ProcessUse | null {
  try {
    const home = `/proc/${String(pid)}`;
    const use = parseProcessUse(readFileSync(`${home}/stat`, "utf8"));
    return { ...use, asleep: use.asleep && areAsleep(`${home}/task`) };
  } catch {
    return null; // it has just ended, or this is not Linux
  }
}

/** The main thread may wait for one that collects garbage, which on a busy machine waits for its turn. */
function areAsleep(threads: string): boolean {
  return readdirSync(threads).every(
    (thread) => parseProcessUse(readFileSync(`${threads}/${thread}/stat`, "utf8")).asleep,
  );
}

/** `stat`: as in /proc/<pid>/stat, where the name in brackets may hold spaces and brackets of its own. */
export function parseProcessUse(stat: string): ProcessUse {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    processor: (Number(fields[11]) + Number(fields[12])) * TICK,
    asleep: fields[0] === "S",
    resident: Number(fields[21]) * PAGE,
  };
}

/**
 * Whether a process that has said nothing for its whole time limit is stuck: it has worked for most of that time, or
 * did nothing at all since it was looked at before. Neither is true of one that was not let run. One whose memory
 * grows meanwhile gets four times as long: it is on its way to the end of its memory, which says more.
 */
export function isStuck(options: {
  limit: number;
  /**
   * It sleeps while processes of its own work, and looks after them itself: only work without a word counts against
   * it. (On a busy machine those may take long to start, and it would be blamed for that.)
   */
  waitsForOthers: boolean;
  atLastWord: ProcessUse | null;
  before: ProcessUse | null;
  now: ProcessUse;
}): boolean {
  const { limit, waitsForOthers, atLastWord, before, now } = options;
  const filling = atLastWord !== null && now.resident - atLastWord.resident > FILLING;
  if (now.processor - (atLastWord?.processor ?? 0) >= (filling ? limit * 2 : limit / 2)) return true;
  return !waitsForOthers && before !== null && before.asleep && now.asleep && now.processor === before.processor;
}
