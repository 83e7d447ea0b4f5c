/** What every property is made of. Types only. */
import type { CastShape, Finding, History, Json, PropertyId, RunPlan, Star } from "../../vocabulary.ts";

/** What a property may know when it lays its plans. */
export interface Setting {
  readonly shape: CastShape;
  readonly seed: string;
  /** Milliseconds after which a cached answer must still serve. */
  readonly usefulFor: number;
  /** More requests and switches than a verdict needs. */
  readonly thorough: boolean;
  /** A smaller set, complete all the same, for the confirm run. */
  readonly small: boolean;
  /** The number that people see in an answer; NaN, or throws, where there is none. For stories only. */
  readonly figure?: (body: Json) => number;
}

/** Plans to run and a judge over each history. The judge must make sense of any part of its plans: shrinking asks it. */
export interface Property {
  readonly id: PropertyId;
  readonly star: Star;
  /** What must hold, in one line. */
  readonly asks: string;
  /** Explored under every schedule within `switches`. */
  plans(setting: Setting): readonly RunPlan[];
  switches(setting: Setting): number;
  /** Schedules after which most of what it finds has been found; a number that is good for all properties unless given. */
  look?(setting: Setting): number;
  /** Larger plans, tried under a bounded number of schedules; never part of what is claimed. */
  sample?(setting: Setting): {
    readonly plans: readonly RunPlan[];
    readonly how: "in-order" | "random";
    readonly perPlan: number;
  };
  /** Plans that the first history of one of `plans` calls for. */
  follow?(history: History): readonly RunPlan[];
  judge(history: History, setting: Pick<Setting, "usefulFor">): Finding | null;
}
