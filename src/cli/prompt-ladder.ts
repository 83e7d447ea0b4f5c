/** A scenario's prompts together with the files that they talk about: what `prompts` and `context` begin with. */
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { loadScenario, pages } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import { type OwnFiles, ownFiles } from "./own-files.ts";

export interface Ladder {
  readonly scenario: Scenario;
  readonly page: pages.PromptLadder;
  readonly samples: readonly pages.Sample[];
  readonly own: OwnFiles;
}

export async function openLadder(slug: string, io: Io): Promise<Ladder> {
  const place = { root: io.root, slug };
  const scenario = await loadScenario(place);
  const [page, samples, own] = await Promise.all([
    pages.loadPrompts(place),
    pages.loadSamples(place),
    ownFiles({ ...place, home: join(io.cwd, "workshop"), scenario }),
  ]);
  return { scenario, page, samples, own };
}

/** Throws a usage error that lists the levels. */
export function findLevel(levels: readonly pages.PromptLevel[], wanted: number): pages.PromptLevel {
  const level = levels.find((each) => each.level === wanted);
  if (level !== undefined) return level;
  throw new WorkshopError({
    code: "usage",
    message: `There is no level ${wanted}.`,
    hint: `Choose one of: ${levels.map((each) => each.level).join(", ")}.`,
  });
}
