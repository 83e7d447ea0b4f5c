/**
 * The contract that scenario authors write to. Takes a Scenario, checks what types cannot say, gives it back as it is.
 * Must not know any particular scenario, nor run its database.
 */
import { WorkshopError } from "../errors.ts";
import type { RequestSpec, Route, Scenario } from "../vocabulary.ts";

const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const HANDLER_FILE = /^[a-z0-9][a-z0-9-]*\.ts$/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Lower-case words joined by hyphens: a folder name on every system, and a word in a command line. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/** Throws a WorkshopError (`usage`) that lists everything that is wrong, not only the first fault. */
export function defineScenario(scenario: Scenario): Scenario {
  const faults = [
    ...headFaults(scenario),
    ...routeFaults(scenario.routes),
    ...adminFaults(scenario),
    ...tableFaults(scenario),
    ...storyFaults(scenario),
  ];
  if (faults.length === 0) return scenario;
  throw new WorkshopError({
    code: "usage",
    message: `The scenario "${scenario.slug}" is not well formed: ${faults.join("; ")}.`,
    hint: `Correct this in scenarios/${scenario.slug}/scenario.ts.`,
  });
}

function headFaults(scenario: Scenario): string[] {
  const faults: string[] = [];
  if (!isSlug(scenario.slug)) faults.push("the slug must be lower-case words joined by hyphens");
  if (scenario.title.trim() === "") faults.push("the title is empty");
  if (scenario.teaches.trim() === "") faults.push("`teaches` is empty");
  if (!(scenario.minutes > 0)) faults.push("`minutes` must be above zero");
  if (!(scenario.usefulFor > 0)) faults.push("`usefulFor` must be above zero");
  if (!(scenario.databaseDelay.costly >= 0 && scenario.databaseDelay.plain >= 0))
    faults.push("a database delay is negative");
  return faults;
}

function routeFaults(routes: readonly Route[]): string[] {
  const faults = routes.flatMap(oneRouteFaults);
  for (const id of repeated(routes.map((route) => route.id))) faults.push(`two routes have the id "${id}"`);
  for (const address of repeated(routes.map((route) => `${route.method} ${route.path}`)))
    faults.push(`two routes answer ${address}`);
  for (const role of ["read", "write"] as const)
    if (!routes.some((route) => route.role === role)) faults.push(`no route has the role "${role}"`);
  return faults;
}

/** Handlers and operators never meet under one path. */
function adminFaults({ admin = [], routes }: Scenario): string[] {
  return [
    ...admin
      .filter(({ path }) => !path.startsWith("/admin/"))
      .map(({ path }) => `the admin path "${path}" must begin with /admin/`),
    ...routes
      .filter(({ path }) => path.startsWith("/admin/"))
      .map(({ id }) => `the path of route "${id}" begins with /admin/, which is for admin routes`),
  ];
}

function oneRouteFaults(route: Route): string[] {
  const faults: string[] = [];
  if (!isSlug(route.id)) faults.push(`the route id "${route.id}" must be lower-case words joined by hyphens`);
  if (!route.path.startsWith("/")) faults.push(`the path of route "${route.id}" must begin with a slash`);
  if (!HANDLER_FILE.test(route.file)) faults.push(`the file of route "${route.id}" must be a plain name ending in .ts`);
  if (!IDENTIFIER.test(route.export)) faults.push(`the export of route "${route.id}" is no identifier`);
  if (route.role === "read" && route.method !== "GET")
    faults.push(`route "${route.id}" reads, so its method must be GET`);
  if (route.role === "job" && !((route.every ?? 0) > 0))
    faults.push(`route "${route.id}" is a job, so it must say in \`every\` how often it is run`);
  if (route.role !== "job" && route.every !== undefined)
    faults.push(`route "${route.id}" is no job, so nothing runs it \`every\` so often`);
  if (route.role !== "read" && route.shared === true)
    faults.push(`route "${route.id}" does not read, so its answer cannot be shared`);
  return faults;
}

function tableFaults(scenario: Scenario): string[] {
  const tables = new Set(tableNames(scenario.schema));
  if (tables.size === 0) return ["the schema creates no table"];
  if (scenario.costly.length === 0) return ["`costly` names no table, so nothing could tell a hit from a miss"];
  return scenario.costly
    .filter((table) => !tables.has(table))
    .map((table) => `the costly table "${table}" is not in the schema`);
}

function tableNames(schema: string): string[] {
  const found = schema.matchAll(/create\s+table\s+(?:if\s+not\s+exists\s+)?["`]?(\w+)/gi);
  return [...found].flatMap((match) => match[1] ?? []);
}

function storyFaults(scenario: Scenario): string[] {
  const { viewer, crowd } = scenario.story;
  const faults: string[] = [];
  if (roleOf(scenario, viewer.request) !== "read") faults.push("the story's viewer must use a route that reads");
  if (!Number.isInteger(crowd.count) || crowd.count < 1) return [...faults, "the story's crowd is empty"];
  if (roleOf(scenario, crowd.request(0)) !== "write") faults.push("the story's crowd must use a route that writes");
  return faults;
}

function roleOf(scenario: Scenario, request: RequestSpec): Route["role"] | undefined {
  return scenario.routes.find((route) => route.id === request.route)?.role;
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, position) => values.indexOf(value) !== position))];
}
