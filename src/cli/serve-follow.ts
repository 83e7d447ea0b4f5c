/**
 * Follows the handlers that are served: copies each saved version to a folder of its own and has it loaded. What cannot
 * be read is told as a fault once it has stayed so for a moment, because editors save in two steps.
 */
import { sep } from "node:path";
import { WorkshopError } from "../errors.ts";
import type { HandlerFault } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import { printOf } from "./look-at-copy.ts";
import type { Keeper } from "./serve-keeper.ts";
import type { HandlersVersion } from "./serve-message.ts";
import type { HandlerSource } from "./serve-source.ts";
import type { ServeStage } from "./serve-stage.ts";
import { type FolderWatch, watchFolder } from "./watch-folder.ts";

export interface Follower {
  /** What to begin with; null: they cannot be read. */
  readonly first: HandlersVersion | null;
  readonly fault: HandlerFault | null;
  /** Resolves when the signal is aborted. */
  follow(keeper: Pick<Keeper, "load" | "refuse">, signal: AbortSignal): Promise<void>;
  /** The texts that were read last. */
  files(): ReadonlyMap<string, string> | null;
  close(): Promise<void>;
}

export interface Following {
  readonly source: HandlerSource;
  readonly stage: Pick<ServeStage, "writeHandlers">;
  readonly io: Pick<Io, "cwd">;
}

type Seen =
  | { readonly print: string; readonly files: ReadonlyMap<string, string> }
  | { readonly print: string; readonly fault: HandlerFault };

export async function followSource(following: Following): Promise<Follower> {
  const { source, stage } = following;
  const folder = source.folder === null ? null : watchFolder(source.folder);
  let seen = await lookAt(following);
  const first = "files" in seen ? await stage.writeHandlers(seen.files) : null;
  return {
    first,
    fault: "fault" in seen ? seen.fault : null,
    files: () => ("files" in seen ? seen.files : null),
    follow: async (keeper, signal) => {
      const tell = async (now: Seen): Promise<void> => {
        seen = now;
        if ("files" in now) keeper.load(await stage.writeHandlers(now.files));
        else keeper.refuse(now.fault);
      };
      await follow({ ...following, folder: folder ?? NEVER, tell, signal }, seen.print);
    },
    close: async () => await folder?.close(),
  };
}

interface Loop extends Following {
  readonly folder: Pick<FolderWatch, "occasion" | "changed">;
  readonly tell: (seen: Seen) => Promise<void>;
  readonly signal: AbortSignal;
}

async function follow({ folder, tell, signal, ...following }: Loop, first: string): Promise<void> {
  let settled = first;
  let last = first;
  while (!signal.aborted) {
    await folder.occasion(signal);
    if (signal.aborted) return;
    const now = await lookAt(following);
    if (now.print !== last) folder.changed();
    const stayed = now.print === last;
    last = now.print;
    if (now.print === settled || ("fault" in now && !stayed)) continue;
    settled = now.print;
    await tell(now);
  }
}

/** For handlers that do not change. */
const NEVER: Loop["folder"] = {
  changed: () => {},
  occasion: async (signal) => {
    const over = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => over.resolve());
    if (!signal.aborted) await over.promise;
  },
};

async function lookAt({ source, io }: Pick<Following, "source" | "io">): Promise<Seen> {
  try {
    const files = await source.read();
    return { files, print: printOf(files) };
  } catch (error) {
    const readable = error instanceof WorkshopError || (error instanceof Error && "syscall" in error);
    if (!readable) throw error;
    const message = error.message.replaceAll(`${io.cwd}${sep}`, "");
    return { fault: { message, location: null }, print: message };
  }
}
