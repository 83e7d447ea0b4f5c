/** Where the handlers of a served scenario come from, and how they look now. Reads; writes nothing. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { WorkshopError } from "../errors.ts";
import { fixFiles, loadFixes, starterFiles } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { readWorkingCopy, workingCopyFolder } from "../workspace/index.ts";
import type { Io } from "./io.ts";

export type ServiceName = "working" | "lab" | "starter" | "reference";

export interface HandlerSource {
  /** In words, e.g. `working copy`. */
  readonly name: string;
  /** Absolute path of the folder to watch; null: it does not change. */
  readonly folder: string | null;
  /** Where that is, as a person would type it. */
  readonly shown: string | null;
  /** File name → text. Throws a WorkshopError for what cannot be served. */
  read(): Promise<ReadonlyMap<string, string>>;
}

/** Your own handlers where there are some; else the lab, where there is one. */
export function serviceByDefault(place: {
  readonly root: string;
  readonly home: string;
  readonly slug: string;
}): ServiceName {
  return existsSync(workingCopyFolder(place)) || !hasLab(place) ? "working" : "lab";
}

function hasLab({ root, slug }: { root: string; slug: string }): boolean {
  return existsSync(join(root, "scenarios", slug, "lab"));
}

export interface Wanted {
  readonly scenario: Scenario;
  readonly service: ServiceName;
  readonly handlers: string | undefined;
  readonly io: Pick<Io, "cwd" | "root">;
}

/** Throws a usage error for options that do not go together, and for a folder that is none. */
export function handlerSource({ scenario, service, handlers, io }: Wanted): HandlerSource {
  if (handlers !== undefined && service !== "working") throw twoSources(service);
  if (service === "lab" && !hasLab({ root: io.root, slug: scenario.slug })) throw noLab();
  if (service !== "working") return shippedSource({ scenario, service, io });
  const folder =
    handlers === undefined
      ? workingCopyFolder({ home: join(io.cwd, "workshop"), slug: scenario.slug })
      : givenFolder(resolve(io.cwd, handlers));
  const shown = relative(io.cwd, folder) || ".";
  return {
    name: handlers === undefined ? "working copy" : shown,
    folder,
    shown,
    read: () => readWorkingCopy({ home: dirname(folder), slug: basename(folder), scenario }),
  };
}

function shippedSource({ scenario, service, io }: Omit<Wanted, "handlers">): HandlerSource {
  const place = { root: io.root, slug: scenario.slug };
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    if (service === "starter") return await starterFiles(place);
    if (service === "lab") return await starterFiles({ ...place, lab: true });
    const [fix] = await loadFixes({ ...place, kind: "accepted" });
    if (fix === undefined) throw noReference();
    return await fixFiles({ ...place, fix });
  };
  return { name: service === "reference" ? "reference fix" : service, folder: null, shown: null, read };
}

function givenFolder(folder: string): string {
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new WorkshopError({
    code: "usage",
    message: `${folder} is not a folder.`,
    hint: "Give --handlers the folder that holds the handler files.",
  });
}

function twoSources(service: ServiceName): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: `--handlers and --service ${service} do not go together.`,
    hint: "Each says which handlers to serve; leave one of the two out.",
  });
}

function noLab(): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: "This scenario ships no lab.",
    hint: "Leave --service out to serve your own handlers, or ask for the starter or the reference.",
  });
}

function noReference(): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: "This scenario ships no accepted fix.",
    hint: "Leave --service out to serve your own handlers.",
  });
}
