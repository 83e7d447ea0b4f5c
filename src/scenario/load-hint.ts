/**
 * The first words of a scenario's hint ladder for a cause. Takes `hints.md`: a section `## <cause>` for each cause, its
 * rungs as `### <rung>` from the gentlest to the solution. Gives the first rung's text.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cause } from "../vocabulary.ts";
import { scenarioFolder } from "./scenario-folder.ts";

/** Null when the scenario has no hint for that cause. */
export async function loadHint(place: { root: string; slug: string; cause: Cause }): Promise<string | null> {
  const text = await readFile(join(scenarioFolder(place), "hints.md"), "utf8").catch(() => "");
  const section = text.split(/^## /mu).find((part) => part.split("\n", 1)[0]?.trim() === place.cause);
  const rung = section?.split(/^### .*$/mu)[1]?.trim();
  return rung === undefined || rung === "" ? null : rung.replaceAll(/\s*\n\s*/gu, " ");
}
