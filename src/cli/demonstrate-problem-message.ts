/** What the demonstrating process and the command tell each other. Types only; all of it is plain JSON. */
import type { CacheOrder } from "./cache-order.ts";
import type { Demonstration, HandlerFault } from "../vocabulary.ts";
import type { live } from "../runner/index.ts";

/** The one message from the command. Paths are absolute; folder and database are throwaway copies. */
export interface LiveOrder {
  readonly root: string;
  readonly slug: string;
  readonly folder: string;
  readonly databaseFile: string;
  readonly cache: CacheOrder;
  /** URL of the module that `stale-stats` stands for in handlers. */
  readonly kit: string;
  /** Milliseconds that one request may take. */
  readonly patience: number;
}

export type LiveMessage =
  | { readonly kind: "loading"; readonly file: string }
  | { readonly kind: "progress"; readonly progress: live.Progress }
  | { readonly kind: "done"; readonly run: Demonstration }
  | { readonly kind: "fault"; readonly verdict: "crashed" | "timed-out"; readonly fault: HandlerFault }
  | { readonly kind: "environment"; readonly message: string; readonly hint: string };
