/** What is said between `test-your-fix` and the process that explores. */
import type { ErrorCode } from "../errors.ts";
import type { LoadFault } from "../runner/index.ts";
import type { Star, Verdict } from "../vocabulary.ts";

export interface CheckSettings {
  readonly seed: string;
  readonly stars: Star;
  /** Schedules. */
  readonly budget: number;
  readonly thorough: boolean;
  /** Switched off, for the checker's own mutation test. */
  /** As of `Without` in the checker: what is switched off, for those who check the checker. */
  readonly without: {
    readonly properties: readonly string[];
    readonly repairs: readonly string[];
    readonly reduction?: boolean;
  };
}

export type ToExplorer = WarmOrder | LoadOrder | ExploreOrder;

/** Handlers of our own to play for a while, so that whatever comes next finds everything loaded and compiled. */
export interface WarmOrder {
  readonly kind: "warm";
  readonly root: string;
  readonly slug: string;
  readonly folder: string;
}

/** Handlers that will be played soon: they are loaded, and no request is sent to them. */
export interface LoadOrder {
  readonly kind: "load";
  readonly root: string;
  readonly slug: string;
  readonly folder: string;
}

/** A check whose outcome does not matter. */
export const WARMING: Omit<CheckSettings, "seed"> = {
  stars: 2,
  budget: 500,
  thorough: false,
  without: { properties: [], repairs: [] },
};

export interface ExploreOrder {
  readonly kind: "explore";
  readonly root: string;
  readonly slug: string;
  readonly folder: string;
  readonly settings: CheckSettings;
  /** Play this token instead of checking. */
  readonly replay?: {
    readonly token: string;
    /** To be told as a story, once; else only whether the failure shows, twice over. */
    readonly told: boolean;
  };
}

export type ExploreMessage =
  | { readonly kind: "warm" }
  | { readonly kind: "ready" }
  /** Something is wrong, and what it is will be told: another process will have to play it again. */
  | { readonly kind: "found" }
  /** What will probably be told: it may be played again at once. */
  | { readonly kind: "shrunk"; readonly token: string }
  | { readonly kind: "alive" }
  | { readonly kind: "fault"; readonly fault: LoadFault }
  /** Something of ours could not be loaded, before any handler was. */
  | { readonly kind: "unusable"; readonly message: string }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "replayed"; readonly verdict: Verdict }
  | { readonly kind: "reproduced"; readonly reproduced: boolean }
  /** The order itself cannot be followed: a WorkshopError's parts, since its class does not survive the way. */
  | {
      readonly kind: "refused";
      readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint: string };
    }
  | { readonly kind: "bug"; readonly message: string; readonly stack: string };
