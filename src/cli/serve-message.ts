/** What the serving process and the command tell each other. Types only; all of it is plain JSON, sockets come along. */
import type { CacheOrder } from "./cache-order.ts";
import type { live } from "../runner/index.ts";
import type { HandlerFault, Json, KeptVerdict } from "../vocabulary.ts";

/** Handlers that the command has copied: their folder is called `a`, as everywhere. */
export interface HandlersVersion {
  readonly version: number;
  /** Absolute real path. */
  readonly folder: string;
}

/** The first message from the command. Paths are absolute; folder and database are throwaway copies. */
export interface ServeOrder {
  readonly root: string;
  readonly slug: string;
  readonly home: string;
  /** URL of the module that `stale-stats` stands for in handlers. */
  readonly kit: string;
  readonly cache: CacheOrder;
  readonly pageFolder: string;
  readonly guide: Json;
  readonly token: string;
  readonly hosts: readonly string[];
  /** Where the handlers come from, in words. */
  readonly source: string;
  /** The last that are known to load, or the first; null: none do. */
  readonly handlers: HandlersVersion | null;
  /** Why newer ones do not run. */
  readonly fault: HandlerFault | null;
  readonly verdict: KeptVerdict | null;
  readonly world: WorldOrder;
  /** Of the processes that share the port: how many there are, and which this is, from 0. */
  readonly workers: number;
  readonly worker: number;
  readonly restarted: boolean;
}

/** What all processes of a service are in; one that is started again begins with it. */
export interface WorldOrder {
  readonly databaseFile: string;
  /** Counted from 1 with each start from the beginning. */
  readonly number: number;
  /** Milliseconds by which the service's clock was put ahead. */
  readonly ahead: number;
  readonly outage: Extract<live.SharedOrder, { kind: "outage" }>["fault"];
}

export type ToServing =
  | { readonly kind: "connection" } // with a socket
  | ({ readonly kind: "load" } & HandlersVersion)
  | { readonly kind: "refuse"; readonly fault: HandlerFault | null }
  | { readonly kind: "verdict"; readonly verdict: KeptVerdict | null }
  | { readonly kind: "copied"; readonly databaseFile: string }
  | { readonly kind: "not-copied"; readonly message: string; readonly hint: string }
  | { readonly kind: "follow"; readonly id: number; readonly order: live.SharedOrder }
  | { readonly kind: "others-followed"; readonly id: string }
  | { readonly kind: "others-did"; readonly worker: number; readonly heard: readonly live.Heard[] }
  | { readonly kind: "other-gone"; readonly worker: number }
  | { readonly kind: "end" };

export type FromServing =
  | { readonly kind: "starting" }
  | { readonly kind: "alive" }
  | { readonly kind: "loading"; readonly file: string }
  | { readonly kind: "loaded"; readonly version: number }
  | { readonly kind: "not-loaded"; readonly version: number; readonly fault: HandlerFault }
  | { readonly kind: "ready" }
  | { readonly kind: "copy-wanted" }
  | { readonly kind: "for-others"; readonly id: string; readonly order: live.SharedOrder }
  | { readonly kind: "followed"; readonly id: number }
  | { readonly kind: "did"; readonly heard: readonly live.Heard[] }
  | { readonly kind: "escaped"; readonly fault: HandlerFault }
  | { readonly kind: "environment"; readonly message: string; readonly hint: string };
