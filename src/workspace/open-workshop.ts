/** An existing workshop, looked at before it is used: throws what a person can act on, gives paths. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { Scenario } from "../vocabulary.ts";
import { buildDatabase } from "./build-database.ts";
import { inspectDatabase } from "./database-identity.ts";
import type { Place } from "./layout.ts";
import { databaseFile, workingCopyFolder } from "./layout.ts";
import { asWriteTrouble, notSetUp, unreadableDatabase } from "./trouble.ts";

/** Absolute paths of a workshop that is set up. */
export interface Workshop {
  readonly folder: string;
  readonly databaseFile: string;
}

/** Throws a WorkshopError (`environment`) when it is not set up, unreadable, or made by a newer version. */
export async function openWorkshop(place: Place): Promise<Workshop> {
  const folder = workingCopyFolder(place);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw notSetUp(place.slug);
  const state = await inspectDatabase(place);
  if (state === "missing") throw notSetUp(place.slug);
  if (state === "unreadable") throw unreadableDatabase(databaseFile(place), place.slug);
  return { folder, databaseFile: databaseFile(place) };
}

/**
 * A private copy at the absolute path `to`, with the data as set up: nothing but a set-up ever writes to a scenario's
 * tables in the original. Other programs may use the original meanwhile. An existing file at `to` is replaced.
 * `orBuild`: where nothing is set up, a new database with this scenario's data is put there instead.
 */
export async function copyDatabase(
  options: Place & { to: string; orBuild?: Pick<Scenario, "slug" | "schema" | "seedWorkshop"> },
): Promise<void> {
  if (options.orBuild !== undefined && (await inspectDatabase(options)) === "missing")
    return await buildDatabase({ file: options.to, scenario: options.orBuild, seed: "lab", downloads: 0 });
  const { databaseFile: file } = await openWorkshop(options);
  const source = new Database(file, { readonly: true });
  try {
    // All pages in one go: copying in slices would start over whenever somebody writes.
    await source.backup(options.to, { progress: () => 2 ** 31 - 1 });
  } catch (error) {
    throw asWriteTrouble(error, dirname(options.to));
  } finally {
    source.close();
  }
}
