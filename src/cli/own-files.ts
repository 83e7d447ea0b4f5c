/** The participant's handlers as they are now, or the shipped ones where nothing is set up: looking something up needs no set-up. */
import { WorkshopError } from "../errors.ts";
import { starterFiles } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { openWorkshop, readWorkingCopy } from "../workspace/index.ts";

export interface OwnFiles {
  /** File name → text. */
  readonly files: ReadonlyMap<string, string>;
  /** False: nothing is set up here, and the shipped files stand in. */
  readonly yours: boolean;
}

/** Throws a WorkshopError (`environment`) when it is set up, and a handler is missing or empty. */
export async function ownFiles(place: {
  root: string;
  home: string;
  slug: string;
  scenario: Pick<Scenario, "routes">;
}): Promise<OwnFiles> {
  try {
    await openWorkshop(place);
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    return { files: await starterFiles(place), yours: false };
  }
  return { files: await readWorkingCopy(place), yours: true };
}
