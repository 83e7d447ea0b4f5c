/**
 * Tries what a scenario's author wrote, with no handler in sight: the schema, both seedings, the truth of every request,
 * the story's figures. Takes a scenario; gives what does not work, part by part. Judges no fix.
 */
import type { Cast, RequestSpec, Route, Scenario } from "../vocabulary.ts";
import { createRandom } from "./seeded-random.ts";
import { WorldDatabase } from "./world-database.ts";
import { seedWorld } from "./world-runner.ts";

type Surveyed = Pick<Scenario, "schema" | "routes" | "costly" | "seedWorld" | "seedWorkshop" | "truth" | "story">;

/** `part`: the member of the scenario that is at fault. */
export interface SurveyFault {
  readonly part: "schema" | "seedWorld" | "truth" | "seedWorkshop" | "story";
  readonly message: string;
}

export function surveyScenario(scenario: Surveyed): SurveyFault[] {
  const opened = attempt("schema", () => new WorldDatabase(scenario.schema));
  if ("fault" in opened) return [opened.fault];
  return [...surveyWorld(scenario, opened.value), ...surveyStory(scenario, opened.value)];
}

/** Whatever is written into the database meanwhile is gone afterwards. */
function inWorld<T>(database: WorldDatabase, work: () => T): T {
  database.open({ seed: "survey", now: () => 0 });
  try {
    return work();
  } finally {
    database.close();
  }
}

function surveyWorld(scenario: Surveyed, database: WorldDatabase): SurveyFault[] {
  return inWorld(database, () => {
    const world = { scenario, database, world: 1, seed: "survey", ids: new Set<number>() };
    const seeded = attempt("seedWorld", () => seedWorld(world));
    if ("fault" in seeded) return [seeded.fault];
    return castFaults(scenario, database, seeded.value);
  });
}

const LEAST = { reads: 2, writes: 3, refused: 1 } as const;
const WHY_LEAST = {
  reads: "one that a write changes and one that it leaves alone",
  writes: "two that change the first read, one that changes another",
  refused: "a request with an unknown id, say",
} as const;

function castFaults(scenario: Surveyed, database: WorldDatabase, cast: Cast): SurveyFault[] {
  const kinds = ["reads", "writes", "refused"] as const;
  const few = kinds
    .filter((kind) => cast[kind].length < LEAST[kind])
    .map((kind) => `the cast needs at least ${LEAST[kind]} ${kind}: ${WHY_LEAST[kind]}`);
  const faults = few.map((message): SurveyFault => ({ part: "seedWorld", message }));
  const each = ([...kinds, "others"] as const).flatMap((kind) =>
    (cast[kind] ?? []).flatMap((request) => requestFaults({ scenario, database, kind, request })),
  );
  // One of each sort: what is wrong with the truth of one request is so with many.
  const first = each.filter(({ sort }, nth) => each.findIndex((other) => other.sort === sort) === nth);
  return [...faults, ...first.map(({ part, message }) => ({ part, message }))];
}

function requestFaults(asked: {
  scenario: Surveyed;
  database: WorldDatabase;
  kind: "reads" | "others" | "writes" | "refused";
  request: RequestSpec;
}): (SurveyFault & { readonly sort: string })[] {
  const { scenario, database, kind, request } = asked;
  const route = routeOf(scenario, request);
  const said = `${request.route} ${request.path}`;
  if (route === undefined) {
    const message = `${kind}: no route has the id "${request.route}"`;
    return [{ part: "seedWorld", message, sort: message }];
  }
  if (kind !== "refused" && route.role !== (kind === "writes" ? "write" : "read"))
    return [
      { part: "seedWorld", message: `${kind}: ${said} goes to a route of the role "${route.role}"`, sort: "role" },
    ];
  const told = attempt("truth", () => scenario.truth(database.reader, request));
  if ("fault" in told) return [{ part: "truth", message: `${said}: ${told.fault.message}`, sort: told.fault.message }];
  const { status } = told.value;
  if (kind === "refused" ? status >= 400 : status < 400) return [];
  const wanted = kind === "refused" ? "must be refused" : "must be answered";
  return [{ part: "truth", message: `${kind}: ${said} ${wanted}, and truth says ${status}`, sort: wanted }];
}

function surveyStory(scenario: Surveyed, database: WorldDatabase): SurveyFault[] {
  return inWorld(database, () => {
    const seeded = attempt("seedWorkshop", () =>
      scenario.seedWorkshop(database.seeder, createRandom("survey/workshop")),
    );
    if ("fault" in seeded) return [seeded.fault];
    const told = attempt("story", () => storyMessages(scenario, database));
    return "fault" in told ? [told.fault] : told.value.map((message) => ({ part: "story", message }));
  });
}

/** Told with the data of the story, before anything happens in it. */
function storyMessages({ story, truth }: Surveyed, { reader }: WorldDatabase): string[] {
  const messages: string[] = [];
  const look = truth(reader, story.viewer.request);
  if (look.status !== 200) messages.push(`the viewer's request is answered with ${look.status}, not with 200`);
  const figure = story.figure(look.body ?? null);
  const actual = story.actual(reader);
  if (figure !== actual)
    messages.push(`figure reads ${figure} from the viewer's answer, and actual ${actual} from the database`);
  const refused = Array.from({ length: story.crowd.count }, (_, n) => story.crowd.request(n)).filter(
    (request) => truth(reader, request).status >= 400,
  );
  if (refused[0] !== undefined) messages.push(`${refused.length} of the crowd's requests are refused by truth`);
  return messages;
}

function routeOf({ routes }: Surveyed, request: RequestSpec): Route | undefined {
  return routes.find(({ id }) => id === request.route);
}

type Attempt<T> = { readonly value: T } | { readonly fault: SurveyFault };

function attempt<T>(part: SurveyFault["part"], work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { fault: { part, message: error instanceof Error ? error.message : String(error) } };
  }
}
