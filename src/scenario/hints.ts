/** The hints of a scenario, as one thing to hold: what is written for a cause, and whether all of it is true. */
import type { Cause } from "../vocabulary.ts";
import { type HintRung, loadRungs, RUNG_NAMES } from "./hint-ladder.ts";
import { hintProblems } from "./hint-problems.ts";

export const hints: {
  /** Of the five rungs, the gentlest first. */
  readonly names: readonly string[];
  /** The rungs for one cause, from the question to the solution; empty when there are none. */
  load(place: { root: string; slug: string; cause: Cause }): Promise<readonly HintRung[]>;
  /** One line for each cause without a ladder, and for each name that is not in the code; empty when all is well. */
  problems(place: { root: string; slug: string }): Promise<string[]>;
} = { names: RUNG_NAMES, load: loadRungs, problems: hintProblems };
