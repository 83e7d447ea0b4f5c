/**
 * Checks the working copy whenever it has changed, and tells what came out. A verdict is told only about files that are
 * still the same when it is there; a check of files that have changed is abandoned. Prints and records nothing.
 */
import { setTimeout as pause } from "node:timers/promises";
import { WorkshopError } from "../errors.ts";
import { startStopwatch } from "../runner/index.ts";
import type { Cause, Verdict } from "../vocabulary.ts";
import type { Look } from "./look-at-copy.ts";
import type { FolderWatch } from "./watch-folder.ts";

export interface WatchTask {
  readonly folder: Pick<FolderWatch, "occasion" | "changed">;
  look(): Promise<Look>;
  /** Rejects when the signal is aborted. */
  check(files: ReadonlyMap<string, string>, signal: AbortSignal): Promise<Verdict>;
  tell(news: CheckNews): Promise<void> | void;
  /** `print` of files that need no check: those that were shipped. */
  readonly known?: string;
  readonly signal: AbortSignal;
}

export type CheckNews =
  | { readonly kind: "checking" }
  | { readonly kind: "known" }
  | { readonly kind: "verdict"; readonly verdict: Verdict; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: "trouble"; readonly error: WorkshopError };

/**
 * Milliseconds without a change after which a file that is empty, missing or cut short is believed. Editors write in two
 * steps, and synchronised folders in several.
 */
const QUIET = 300;

/** What the first half of a file gets. */
const HALF_A_FILE: ReadonlySet<Cause | null> = new Set(["syntax-error", "export-missing", "undefined-name"]);

const KNOWN: CheckNews = { kind: "known" };

/** Resolves when the signal is aborted; rejects with what is no trouble for people. */
export async function watchChecks(task: WatchTask): Promise<void> {
  let settled: string | null = null;
  let last: string | null = null;
  while (!task.signal.aborted) {
    const now = await task.look();
    if (last !== null && now.print !== last) task.folder.changed();
    last = now.print;
    if (now.print === settled) {
      await task.folder.occasion(task.signal);
      continue;
    }
    const news = now.print === task.known ? KNOWN : await settle(task, now);
    if (news === null) continue;
    settled = now.print;
    await task.tell(news);
  }
}

/** Null when the files have changed before there was anything to tell. */
async function settle(task: WatchTask, now: Look): Promise<CheckNews | null> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, task.signal]);
  const news = newsOf(task, now, signal);
  const changed = untilChanged(task, now, signal);
  try {
    const begun = now.kind === "files" ? task.tell({ kind: "checking" }) : null; // drawn while the check runs
    const [first] = await Promise.all([Promise.race([news, changed]), begun]);
    // The event may be on its way still.
    return first !== null && (await task.look()).print === now.print ? first : null;
  } catch (error) {
    if (task.signal.aborted) return null;
    throw error;
  } finally {
    over.abort();
    await Promise.allSettled([news, changed]);
  }
}

async function newsOf(task: WatchTask, now: Look, signal: AbortSignal): Promise<CheckNews> {
  const elapsed = startStopwatch();
  const quiet = async (): Promise<unknown> => pause(Math.max(0, QUIET - elapsed()), undefined, { signal });
  if (now.kind === "trouble") {
    await quiet();
    return { kind: "trouble", error: now.error };
  }
  try {
    const verdict = await task.check(now.files, signal);
    if (HALF_A_FILE.has(verdict.cause) && verdict.verdict === "crashed") await quiet();
    return { kind: "verdict", verdict, files: now.files };
  } catch (error) {
    if (error instanceof WorkshopError) return { kind: "trouble", error };
    throw error;
  }
}

async function untilChanged(task: WatchTask, now: Look, signal: AbortSignal): Promise<null> {
  while (!signal.aborted) {
    await task.folder.occasion(signal);
    if (signal.aborted || (await task.look()).print !== now.print) break;
  }
  return null;
}
