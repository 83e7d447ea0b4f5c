/**
 * From a slug to its Scenario value. Takes the built module when it is as new as the source or the source cannot
 * be loaded as it is; else the source itself. Must not know what any scenario contains.
 */
import { readdir } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { WorkshopError } from "../errors.ts";
import type { Scenario } from "../vocabulary.ts";
import { changedAt, listScenarios } from "./list-scenarios.ts";
import { nearest } from "./nearest.ts";
import { builtScenario, scenarioSource } from "./scenario-folder.ts";

/** Throws a usage error for an unknown slug, an environment error when the module exports no `scenario` of that slug. */
export async function loadScenario(place: { root: string; slug: string }): Promise<Scenario> {
  const known = await listScenarios(place.root);
  if (!known.includes(place.slug)) throw unknownScenario(place.slug, known);
  const file = await moduleToLoad(place);
  const loaded = await importScenario(file, place.slug);
  if (loaded.scenario?.slug !== place.slug) throw wrongModule(file, place.slug);
  return loaded.scenario;
}

/** What an author mistyped is told like any other mistake of theirs; a built module that fails is ours. */
async function importScenario(file: string, slug: string): Promise<{ scenario?: Scenario }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    if (!file.endsWith(".ts")) throw cause;
    throw isOurs(cause) ? new WorkshopError(cause) : notLoaded(slug, cause);
  }
}

/** The source brings an error class of its own when the frame was built. */
function isOurs(cause: unknown): cause is WorkshopError {
  return cause instanceof Error && cause.name === "WorkshopError" && "hint" in cause;
}

/** Node begins the stack of what it cannot read with the file and the line. */
function notLoaded(slug: string, cause: unknown): WorkshopError {
  const { message, stack } = cause instanceof Error ? cause : new Error(String(cause));
  const [, file, line] = /([\w-]+\.ts):(\d+)(?::\d+\)?)?$/mu.exec(stack ?? "") ?? [];
  const place = file === undefined ? "scenario.ts" : `${file}:${line ?? ""}`;
  return new WorkshopError({
    code: "environment",
    message: `scenarios/${slug} cannot be loaded, ${place}: ${message}`,
    hint: "Correct the line at fault, or what it imports; npm run types shows every such place.",
    cause,
  });
}

async function moduleToLoad(place: { root: string; slug: string }): Promise<string> {
  const built = builtScenario(place);
  const source = scenarioSource(place);
  const [builtAt, sourceAt] = await Promise.all([changedAt(built), sourceChangedAt(source)]);
  if (sourceAt === null) return built;
  // Node strips no types below node_modules: an installed package can only load what was built.
  if (isInstalled(place.root)) return built;
  return builtAt !== null && builtAt >= sourceAt ? built : source;
}

/** The latest of the source and of what lies beside it, which it imports; null without a source. */
async function sourceChangedAt(source: string): Promise<number | null> {
  const own = await changedAt(source);
  if (own === null) return null;
  const names = (await readdir(dirname(source))).filter((name) => name.endsWith(".ts"));
  const times = await Promise.all(names.map((name) => changedAt(join(dirname(source), name))));
  return Math.max(own, ...times.map((time) => time ?? 0));
}

function isInstalled(root: string): boolean {
  return root.split(sep).includes("node_modules");
}

function unknownScenario(slug: string, known: readonly string[]): WorkshopError {
  const meant = nearest(slug, known);
  return new WorkshopError({
    code: "usage",
    message: `There is no scenario called "${slug}".`,
    hint: meant === undefined ? `Choose one of: ${known.join(", ")}.` : `Did you mean "${meant}"?`,
  });
}

function wrongModule(file: string, slug: string): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `${file} does not export a scenario with the slug "${slug}".`,
    hint: "Export it as `scenario`, made with defineScenario, with the folder's name as its slug.",
  });
}
