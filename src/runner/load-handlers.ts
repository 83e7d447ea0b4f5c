/**
 * Imports both copies of prepared handlers into this process. Gives the functions by route, or the fault.
 * Bare imports of what the tool offers are answered with the tool's own copies; what could touch the machine
 * is refused. Only for processes that exist to run handlers.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Cause, Handler, Location, Route } from "../vocabulary.ts";
import { findSyntaxError } from "./find-syntax-error.ts";
import { ForbiddenImport, importRefusal, MissingFile, missingImport, placeOfImport } from "./forbidden-import.ts";
import { createLocate, type Locate } from "./handler-location.ts";
import type { ImportTimer, ImportTimers } from "./import-timers.ts";
import { type LoadFault, locateSyntaxError } from "./prepare-handlers.ts";

export type LoadedHandlers =
  | {
      readonly handlers: readonly [HandlerTable, HandlerTable];
      /** What the modules of each instance have started. */
      readonly importTimers: readonly [readonly ImportTimer[], readonly ImportTimer[]];
      readonly locate: Locate;
    }
  | { readonly fault: LoadFault };

type HandlerTable = ReadonlyMap<string, Handler>;

/**
 * `resolve`: from a bare specifier to the file URL of the tool's own copy, or null. `importTimers`: where timers go that
 * are started by no request.
 */
export async function loadHandlers(options: {
  folder: string;
  routes: readonly Route[];
  importTimers: Pick<ImportTimers, "take">;
  resolve: (specifier: string) => string | null;
}): Promise<LoadedHandlers> {
  const { folder, routes, importTimers } = options;
  const locate = createLocate(folder);
  watchImports(folder, options.resolve);
  try {
    const loaded = await loadTables({ folder, routes, importTimers, version: "" });
    return "fault" in loaded ? loaded : { ...loaded, locate };
  } catch (error) {
    return { fault: describe(error, locate, folder) };
  }
}

/**
 * The same modules once more, as a process that was just started would load them. Null where they do not load again.
 * `version`: one that was not asked for before.
 */
export async function reloadHandlers(options: Omit<Loading, "version"> & { version: number }): Promise<Tables | null> {
  const loaded = await loadTables({ ...options, version: `?${options.version}` }).catch(() => null);
  return loaded === null || "fault" in loaded ? null : loaded;
}

interface Loading {
  readonly folder: string;
  readonly routes: readonly Route[];
  readonly importTimers: Pick<ImportTimers, "take">;
  /** What is appended to each module's URL. */
  readonly version: string;
}

export type Tables = Omit<Extract<LoadedHandlers, { handlers: unknown }>, "locate">;

async function loadTables(loading: Loading): Promise<Tables | { fault: LoadFault }> {
  const { importTimers } = loading;
  importTimers.take(); // of handlers that were loaded before
  const first = await importTable(loading, "a");
  const firstTimers = importTimers.take();
  const second = await importTable(loading, "b");
  if ("fault" in first) return first;
  if ("fault" in second) return second;
  return { handlers: [first.table, second.table], importTimers: [firstTimers, importTimers.take()] };
}

async function importTable(
  { folder, routes, version }: Loading,
  instance: "a" | "b",
): Promise<{ table: HandlerTable } | { fault: LoadFault }> {
  const table = new Map<string, Handler>();
  for (const route of routes) {
    const url = `${pathToFileURL(join(folder, instance, route.file)).href}${version}`;
    const module = (await import(url)) as Record<string, unknown>;
    const handler = module[route.export];
    if (typeof handler !== "function") return { fault: notExported(route, Object.keys(module)) };
    table.set(route.id, handler as Handler);
  }
  return { table };
}

function notExported({ file, export: name }: Route, exported: readonly string[]): LoadFault {
  const found = exported.length === 0 ? "it exports nothing" : `it exports ${exported.join(", ")}`;
  return {
    cause: "export-missing",
    fault: { message: `${file} does not export ${name}: ${found}`, location: { file, line: 1, column: 1 } },
  };
}

function watchImports(folder: string, resolve: (specifier: string) => string | null): void {
  const root = pathToFileURL(folder).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      const { parentURL: module } = context;
      if (module?.startsWith(root) !== true) return next(specifier, context);
      const place = (): Location | null => placeOfImport(specifier, { module, root });
      const refusal = importRefusal(specifier);
      if (refusal !== null) throw new ForbiddenImport(refusal, place());
      const ours = resolve(specifier);
      if (ours !== null) return { url: ours, shortCircuit: true };
      const found = findOr(
        () => missingImport(specifier, place()),
        () => next(specifier, context),
      );
      const version = /\?\d+$/u.exec(module)?.[0]; // whatever a module imports is of its own version
      return version === undefined || !found.url.startsWith(root) ? found : { ...found, url: found.url + version };
    },
    load: (url, context, next) => {
      if (!url.startsWith(root) || !/\.[mc]?[jt]s(?:\?|$)/u.test(url)) return next(url, context);
      return { format: "module", source: readFileSync(fileURLToPath(url), "utf8"), shortCircuit: true };
    },
  });
}

/** Node would name folders that nobody has heard of. */
function findOr<Found>(missing: () => Error, find: () => Found): Found {
  try {
    return find();
  } catch (error) {
    throw error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" ? missing() : error;
  }
}

function describe(error: unknown, locate: Locate, folder: string): LoadFault {
  if (!(error instanceof Error)) return { cause: "handler-threw", fault: { message: String(error), location: null } };
  const location =
    error instanceof ForbiddenImport || error instanceof MissingFile ? error.location : locate(error.stack);
  if (error instanceof SyntaxError)
    return { cause: "syntax-error", fault: { message: error.message, location: caret(error, location, folder) } };
  return { cause: causeOf(error), fault: { message: error.message, location } };
}

function causeOf(error: Error): Cause {
  if (error instanceof ForbiddenImport) return "forbidden-import";
  return error instanceof ReferenceError || error instanceof MissingFile ? "undefined-name" : "handler-threw";
}

function caret(error: SyntaxError, location: Location | null, folder: string): Location | null {
  if (location === null) return findSyntaxError(join(folder, "a"), error.message);
  return { ...locateSyntaxError(location.file, error), line: location.line };
}
