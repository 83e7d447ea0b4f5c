/** What an author of scenarios needs beside the contract: a beginning, and to be told what is missing. */
import { createScenario } from "./create-scenario.ts";
import { type FolderProblem, folderProblems } from "./folder-problems.ts";

interface Place {
  readonly root: string;
  readonly slug: string;
}

export const authoring: {
  /** Writes a small complete scenario; gives its files. Refuses what is there, what is no slug, and an installed package. */
  create(place: Place): Promise<string[]>;
  /** One for each part of the folder that is missing or cannot be read; empty when all is well. */
  problems(place: Place): Promise<FolderProblem[]>;
} = { create: createScenario, problems: folderProblems };
