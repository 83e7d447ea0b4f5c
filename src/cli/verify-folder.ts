/**
 * A scenario before its fixes are run: whether its folder is complete, its module loads, and what is in it works.
 * Takes a slug; gives the scenario, or none where nothing could be run, and the problems.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { surveyScenario } from "../runner/index.ts";
import { authoring, loadScenario, starterFiles } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import type { MatrixProblem } from "./verify-problem.ts";

interface Place {
  readonly root: string;
  readonly slug: string;
}

export interface Inspection {
  readonly slug: string;
  /** Null when it cannot be run as it is. */
  readonly scenario: Scenario | null;
  readonly problems: readonly MatrixProblem[];
}

/** Throws a usage error for a scenario that is not there at all. */
export async function inspectScenario(place: Place): Promise<Inspection> {
  const { slug } = place;
  const problems = await authoring.problems(place);
  const loaded = await tryToLoad(place);
  if (!("slug" in loaded)) {
    // A module that is not there has been named already.
    const named = problems.some(({ text }) => text.startsWith("scenario.ts:"));
    return { slug, scenario: null, problems: named ? problems : [loaded, ...problems] };
  }
  const found = [...surveyProblems(loaded), ...(await handlerProblems(place, loaded))];
  const stopped = found.length > 0 || problems.some(({ stops }) => stops);
  return { slug, scenario: stopped ? null : loaded, problems: [...found, ...problems] };
}

async function tryToLoad(place: Place): Promise<Scenario | MatrixProblem> {
  try {
    return await loadScenario(place);
  } catch (error) {
    if (!(error instanceof WorkshopError) || !existsSync(join(place.root, "scenarios", place.slug))) throw error;
    const message = error.message.replaceAll(join(place.root, "/"), "").replace(/\.$/u, "");
    return { text: `scenario.ts: ${message}`, todo: asTodo(error.hint) };
  }
}

/** A hint is a sentence, what is to do stands behind an arrow. */
function asTodo(hint: string): string {
  return `${hint.charAt(0).toLowerCase()}${hint.slice(1)}`.replace(/\.$/u, "");
}

function surveyProblems(scenario: Scenario): MatrixProblem[] {
  return surveyScenario(scenario).map(({ part, message }) => ({
    text: `scenario.ts, ${part}: ${message}`,
    todo: SURVEY_TODO[part],
  }));
}

const SURVEY_TODO: Readonly<Record<ReturnType<typeof surveyScenario>[number]["part"], string>> = {
  schema: "correct the SQL: CREATE statements for an empty database, each table with an `id` that is its primary key",
  seedWorld: "correct it: it fills a world with rows, takes each id from `id`, and gives the cast of requests",
  truth: "correct it, or the cast: truth says what the service must answer, from the database and the request alone",
  seedWorkshop: "correct it: it fills the workshop's database, by the same schema, with the data of the story",
  story: "correct it: viewer, crowd, `figure` and `actual` speak of the data that seedWorkshop makes",
};

/** A file that no fix brings either would be missing in every row of the matrix. */
async function handlerProblems(place: Place, { routes }: Scenario): Promise<MatrixProblem[]> {
  const files = await starterFiles(place).catch(() => null);
  if (files === null || files.size === 0) return [];
  return routes
    .filter(({ file }) => !files.has(file))
    .map(({ id, file, export: name }) => ({
      text: `starter/${file}: is missing, and the route "${id}" is served by it`,
      todo: `write it, with the exported function ${name}, or correct \`file\` in scenario.ts`,
    }));
}
