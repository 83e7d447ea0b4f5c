/** Reads one page of a scenario, and says which page it was when it is not what it should be. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import type { Section } from "./markdown.ts";
import { parsePage } from "./markdown.ts";
import { scenarioFolder } from "./scenario-folder.ts";

export interface PagePlace {
  readonly root: string;
  readonly slug: string;
}

/** Throws a WorkshopError (`environment`) when the scenario has no such page. */
export async function readPage(place: PagePlace & { page: string }): Promise<Section> {
  const file = join(scenarioFolder(place), place.page);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new WorkshopError({
      code: "environment",
      message: `${file} cannot be read.`,
      hint: "Install stale-stats again, or write the page if this scenario is yours.",
      cause,
    });
  });
  return parsePage(text);
}

/** What is wrong with a page, told to its author. */
export function malformed(page: string, fault: string): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `${page} is not well formed: ${fault}.`,
    hint: "Correct the page; CONTRIBUTING.md says what it must hold.",
  });
}
