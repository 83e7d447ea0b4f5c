/** Loads versions of the handlers in the serving process, and stands in where none load. */
import { live } from "../runner/index.ts";
import type { Handler, HandlerFault, Scenario } from "../vocabulary.ts";
import type { FromServing, HandlersVersion, ServeOrder } from "./serve-message.ts";

export interface Loading {
  readonly order: ServeOrder;
  readonly scenario: Scenario;
  readonly tell: (message: FromServing) => void;
}

export interface FirstHandlers {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly folder: string;
  readonly about: { readonly source: string; readonly version: number; readonly fault: HandlerFault | null };
}

/** Tells how it went. */
export async function loadVersion(
  { order, scenario, tell }: Loading,
  { version, folder }: HandlersVersion,
): ReturnType<typeof live.serving.importHandlers> {
  const loaded = await live.serving.importHandlers({
    folder,
    kit: order.kit,
    routes: scenario.routes,
    node: process.execPath,
    onLoading: (file) => tell({ kind: "loading", file }),
  });
  tell(loaded.ok ? { kind: "loaded", version } : { kind: "not-loaded", version, fault: loaded.fault });
  return loaded;
}

/** Where none load, each route says so until some do. */
export async function firstHandlers(loading: Loading): Promise<FirstHandlers> {
  const { source, handlers: first, fault } = loading.order;
  const none = noHandlers(loading);
  if (first === null) return { ...none, about: { source, version: 0, fault } };
  const loaded = await loadVersion(loading, first);
  const about = { source, version: first.version, fault };
  if (loaded.ok) return { handlers: loaded.handlers, folder: first.folder, about };
  return { ...none, about: { ...about, fault: loaded.fault } };
}

function noHandlers({ scenario, order }: Loading): Pick<FirstHandlers, "handlers" | "folder"> {
  const unavailable: Handler = (c) => c.json({ error: "There are no handlers that run" }, 503);
  return { handlers: new Map(scenario.routes.map(({ id }) => [id, unavailable])), folder: order.home };
}
