/**
 * Makes this process one in which handlers run: replaces clock and dice, shuts the doors, loads the handlers.
 * For good: what is loaded after the first handlers finds the doors shut.
 */
import type { Route } from "../vocabulary.ts";
import { actorStorage } from "./actor-context.ts";
import { type AtRest, createAtRest } from "./at-rest.ts";
import { guardProcess } from "./guard-process.ts";
import { createLocate, type Locate } from "./handler-location.ts";
import { watchIntrinsics } from "./intrinsics.ts";
import { loadHandlers, reloadHandlers } from "./load-handlers.ts";
import { LocalHost } from "./local-host.ts";
import type { LoadFault } from "./prepare-handlers.ts";
import { watchOutsideWork } from "./outside-work.ts";
import { installVirtualGlobals, type VirtualGlobals } from "./virtual-globals.ts";

export interface OpenedHost {
  readonly host: LocalHost;
  /** Another one over the same handlers, for worlds that are played side by side. */
  readonly besides: () => LocalHost;
  /** Gives the first host modules that know nothing; it keeps those it has where they do not load again. */
  readonly restart: () => Promise<void>;
  /** When none of their handlers can go on. */
  readonly atRest: AtRest;
  /** What makes every verdict worthless: built-in objects that the handlers have changed, work outside all requests. */
  readonly disturbance: () => LoadFault | null;
}

/** Opens prepared handlers; those that were opened before hear no more. */
export type OpenHost = (handlers: {
  folder: string;
  routes: readonly Route[];
}) => Promise<OpenedHost | { readonly fault: LoadFault }>;

/**
 * `resolve`: from a bare specifier to the tool's own copy, or null. `epoch`: when handlers are imported, in virtual
 * milliseconds since 1970. Call once in the life of a process.
 */
export function createHostOpener(resolve: (specifier: string) => string | null, epoch: number): OpenHost {
  let taken: TakenProcess | null = null;
  let versions = 0;
  return async ({ folder, routes }) => {
    taken ??= takeProcess(epoch);
    taken.locate = createLocate(folder);
    taken.onRejection = (): void => {};
    const tampering = watchTampering();
    const { globals, atRest } = taken;
    const loading = { folder, routes, importTimers: globals.importTimers };
    const loaded = await loadHandlers({ ...loading, resolve });
    if ("fault" in loaded) return loaded;
    const fault = tampering();
    if (fault !== null) return { fault };
    const besides = (): LocalHost => new LocalHost({ routes, ...loaded, globals, atRest });
    const host = besides();
    taken.onRejection = (error) => (actorStorage.getStore()?.home ?? host).noteRejection(error);
    const restart = async (): Promise<void> => {
      versions += 1;
      const tables = await reloadHandlers({ ...loading, version: versions });
      if (tables !== null) host.serveWith(tables);
    };
    return { host, besides, restart, atRest, disturbance: () => tampering() ?? strayFault(host) };
  };
}

interface TakenProcess {
  readonly globals: VirtualGlobals;
  readonly atRest: AtRest;
  locate: Locate;
  onRejection: (error: unknown) => void;
}

function takeProcess(epoch: number): TakenProcess {
  const atRest = createAtRest(watchOutsideWork());
  const taken: TakenProcess = {
    globals: installVirtualGlobals(epoch),
    atRest,
    locate: () => null,
    onRejection: () => {},
  };
  guardProcess({ locate: (stack) => taken.locate(stack), onRejection: (error) => taken.onRejection(error) });
  return taken;
}

function strayFault({ stray }: LocalHost): LoadFault | null {
  if (stray === null) return null;
  const message = "The cache or the database is used outside all requests";
  return { cause: "outside-requests", fault: { message, location: stray.location } };
}

function watchTampering(): OpenedHost["disturbance"] {
  const firstChange = watchIntrinsics();
  return () => {
    const name = firstChange();
    return name === null
      ? null
      : { cause: "globals-patched", fault: { message: `The handlers change ${name}`, location: null } };
  };
}
