/**
 * Imports the handlers of a folder for the routes that name them. The folder is a throwaway copy outside the package,
 * so bare imports are looked up from the package instead. Runs the participant's code: only for a process of its own.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Handler, HandlerFault, Route } from "../../vocabulary.ts";
import { locate, locateInText } from "./handler-location.ts";
import { messageOf } from "./plain-value.ts";

export interface HandlerFolder {
  /** Absolute real path: symbolic links resolved. Another one for each version: Node imports a file only once. */
  readonly folder: string;
  readonly routes: readonly Route[];
  /** URL of the module that `stale-stats` stands for, and from which other bare imports are looked up. */
  readonly kit: string;
  /** Path of the Node that is asked about syntax errors. */
  readonly node: string;
  /** Told which file is imported next: what a loop at import leaves as the last word. */
  readonly onLoading: (file: string) => void;
}

export type LoadedHandlers =
  | { readonly ok: true; readonly handlers: ReadonlyMap<string, Handler> }
  | {
      readonly ok: false;
      readonly cause: "syntax-error" | "export-missing" | "handler-threw";
      readonly fault: HandlerFault;
    };

/** Never rejects: what is wrong with the handlers is a value. Endless loops are for the parent process to end. */
export async function loadHandlers(place: HandlerFolder): Promise<LoadedHandlers> {
  redirectBareImports({ home: place.folder, kit: place.kit });
  return importHandlers(place);
}

/** The same in a process that has redirected the imports of a folder in which `folder` lies. */
export async function importHandlers(place: HandlerFolder): Promise<LoadedHandlers> {
  const handlers = new Map<string, Handler>();
  for (const route of place.routes) {
    const loaded = await loadHandler(place, route);
    if (!loaded.ok) return loaded;
    handlers.set(route.id, loaded.handler);
  }
  return { ok: true, handlers };
}

/** For all that is imported from below `folder`: types aside, handlers may import what the package has: stale-stats, hono, keyv. */
export function redirectBareImports({ home: folder, kit }: { home: string; kit: string }): void {
  const home = pathToFileURL(folder).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      const bare = !/^(?:\.{0,2}\/|[a-z]+:)/iu.test(specifier);
      if (!bare || context.parentURL?.startsWith(home) !== true) return next(specifier, context);
      if (specifier === "stale-stats") return { url: kit, shortCircuit: true };
      return next(specifier, { ...context, parentURL: kit });
    },
  });
}

type Loaded = { readonly ok: true; readonly handler: Handler } | Extract<LoadedHandlers, { ok: false }>;

async function loadHandler(place: HandlerFolder, route: Route): Promise<Loaded> {
  const path = join(place.folder, route.file);
  if (!existsSync(path)) return missingFile(place.folder, route);
  place.onLoading(route.file);
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
    const handler = module[route.export];
    return typeof handler === "function"
      ? { ok: true, handler: handler as Handler }
      : missingExport(route, Object.keys(module));
  } catch (thrown) {
    return failedImport(place, { path, thrown });
  }
}

function missingFile(folder: string, route: Route): Loaded {
  const found = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const message = `${route.file} is missing: it must export ${route.export}. Files found: ${found.join(", ") || "none"}.`;
  return { ok: false, cause: "export-missing", fault: { message, location: null } };
}

function missingExport(route: Route, found: readonly string[]): Loaded {
  const message = `${route.file} does not export a function called ${route.export}. It exports: ${found.join(", ") || "nothing"}.`;
  return { ok: false, cause: "export-missing", fault: { message, location: { file: route.file, line: 1, column: 1 } } };
}

function failedImport(place: HandlerFolder, { path, thrown }: { path: string; thrown: unknown }): Loaded {
  const syntax = thrown instanceof SyntaxError;
  const location = locate(thrown, place.folder) ?? (syntax ? locateByCheck(place, path) : null);
  const name = thrown instanceof Error ? thrown.name : "thrown";
  const message = `${name}: ${messageOf(thrown).replaceAll(join(place.folder, "/"), "")}`;
  return { ok: false, cause: syntax ? "syntax-error" : "handler-threw", fault: { message, location } };
}

/** Node keeps the place of some syntax errors to itself until it prints them; so it is asked to print them. */
function locateByCheck({ folder, node }: HandlerFolder, path: string): ReturnType<typeof locateInText> {
  const others = readdirSync(folder).map((name) => join(folder, name));
  for (const file of new Set([path, ...others.filter((name) => name.endsWith(".ts"))])) {
    const { stderr } = spawnSync(node, ["--check", file], { encoding: "utf8", timeout: 5000 });
    const place = locateInText(stderr, folder);
    if (place !== null) return place;
  }
  return null;
}
