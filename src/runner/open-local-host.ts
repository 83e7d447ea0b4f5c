/**
 * Makes this process one in which handlers run: replaces clock and dice, shuts the doors, loads the handlers.
 * Happens once in the life of a process.
 */
import type { Route } from "../vocabulary.ts";
import { guardProcess } from "./guard-process.ts";
import { createLocate } from "./handler-location.ts";
import { watchIntrinsics } from "./intrinsics.ts";
import { loadHandlers } from "./load-handlers.ts";
import { LocalHost } from "./local-host.ts";
import type { LoadFault } from "./prepare-handlers.ts";
import { installVirtualGlobals } from "./virtual-globals.ts";

export interface OpenedHost {
  readonly host: LocalHost;
  /** What the handlers have changed of the built-in objects, or null. */
  readonly tampering: () => LoadFault | null;
}

export async function openLocalHost(options: {
  folder: string;
  routes: readonly Route[];
  resolve: (specifier: string) => string | null;
}): Promise<OpenedHost | { readonly fault: LoadFault }> {
  const globals = installVirtualGlobals();
  const rejections: { hear: (error: unknown) => void } = { hear: () => {} };
  guardProcess({ locate: createLocate(options.folder), onRejection: (error) => rejections.hear(error) });
  const firstChange = watchIntrinsics();
  const tampering = (): LoadFault | null => {
    const name = firstChange();
    return name === null
      ? null
      : { cause: "globals-patched", fault: { message: `The handlers change ${name}`, location: null } };
  };
  const loaded = await loadHandlers(options);
  if ("fault" in loaded) return loaded;
  const fault = tampering();
  if (fault !== null) return { fault };
  const host = new LocalHost({ routes: options.routes, handlers: loaded.handlers, globals, locate: loaded.locate });
  rejections.hear = (error) => host.noteRejection(error);
  return { host, tampering };
}
