/** What the comparing process and the command tell each other. Types only; all of it is plain JSON. */
import type { StrategyRun } from "../vocabulary.ts";

/** The one message from the command. Paths are absolute; all of them are throwaway copies. */
export interface CompareOrder {
  readonly root: string;
  readonly slug: string;
  /** Holds a folder of handlers for each strategy. */
  readonly home: string;
  /** URL of the module that `stale-stats` stands for in handlers. */
  readonly kit: string;
  /** Each with a database of its own. */
  readonly strategies: readonly { readonly name: string; readonly databaseFile: string }[];
  readonly seed: string;
  readonly minutes: number;
}

export type CompareMessage =
  | { readonly kind: "progress"; readonly strategy: string; readonly share: number }
  | { readonly kind: "done"; readonly runs: readonly StrategyRun[] }
  | { readonly kind: "failed"; readonly strategy: string | null; readonly message: string };
