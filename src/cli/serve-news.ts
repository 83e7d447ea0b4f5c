/** What it takes to keep a service running, and what is told of it. Types only. */
import type { Socket } from "node:net";
import type { live } from "../runner/index.ts";
import type { HandlerFault, KeptVerdict } from "../vocabulary.ts";
import type { HandlersVersion, ServeOrder } from "./serve-message.ts";

export interface KeeperParts {
  /** Absolute path of the module that the process runs. */
  readonly entry: string;
  readonly host: live.ProcessHost;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly order: Omit<ServeOrder, "handlers" | "fault" | "verdict" | "world" | "worker" | "workers" | "restarted">;
  readonly databaseFile: string;
  /** Processes that serve. */
  readonly workers: number;
  readonly first: HandlersVersion | null;
  readonly fault: HandlerFault | null;
  /** With which it begins. */
  readonly verdict: KeptVerdict | null;
  readonly copyDatabase: () => Promise<string>;
  /** Who takes connections from now on; null: nobody for the moment. */
  readonly handTo: (taker: ((socket: Socket) => void) | null) => void;
  readonly tell: (news: KeeperNews) => void;
  /** Milliseconds without a sign of life. */
  readonly silence: number;
}

/** Not restarted: all of them are ready. `worker`: which one is, from 0. */
export type KeeperNews =
  | { readonly kind: "ready"; readonly restarted: boolean; readonly worker: number }
  | { readonly kind: "loaded"; readonly version: number }
  | { readonly kind: "fault"; readonly fault: HandlerFault; readonly restarting: boolean }
  | { readonly kind: "printed"; readonly text: string };
