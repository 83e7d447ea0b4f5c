/** What properties and stories may know of a scenario, beside the requests of one check. */
import type { Scenario, Story } from "../vocabulary.ts";
import type { Setting } from "./properties/property.ts";

/** `story` gives the figure that people look at; without it stories are told without. */
export type CheckedScenario = Pick<Scenario, "slug" | "requiredStars" | "usefulFor" | "costly" | "properties"> & {
  readonly story?: Pick<Story, "figure">;
};

export function settingOf({ usefulFor, story }: CheckedScenario, rest: Omit<Setting, "usefulFor" | "figure">): Setting {
  return { ...rest, usefulFor, ...(story === undefined ? {} : { figure: (body) => story.figure(body) }) };
}
