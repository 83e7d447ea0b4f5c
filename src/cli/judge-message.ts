/** What is said between `test-your-fix` and the process that judges the confirm run. Types only. */
import type { Verdict } from "../vocabulary.ts";
import type { Confirmation } from "./confirm-run.ts";
import type { CheckSettings, WarmOrder } from "./explore-message.ts";

export type ToJudge =
  | WarmOrder
  | {
      readonly kind: "confirm";
      readonly root: string;
      readonly slug: string;
      readonly folder: string;
      readonly settings: CheckSettings;
    }
  /** The stars that the exploring process claims. */
  | { readonly kind: "claimed"; readonly stars: Verdict["stars"] };

export type FromJudge =
  | { readonly kind: "warm" }
  | { readonly kind: "alive" }
  /** Everything else is confirmed: only a claim to the third star would give it more to do. */
  | { readonly kind: "waiting" }
  | { readonly kind: "confirmation"; readonly confirmation: Confirmation }
  | { readonly kind: "bug"; readonly stack: string };
