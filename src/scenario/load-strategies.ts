/**
 * The strategies that a scenario brings to be compared: one folder `strategies/<name>` each, with `strategy.json` and a
 * handler for every route, and beside the folders what they share. Reads; judges none of them.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readManifest, type StrategyManifest } from "./fix-manifest.ts";
import { moduleFiles } from "./module-files.ts";
import { scenarioFolder } from "./scenario-folder.ts";

export interface Strategies {
  /** In the order of their manifests; empty for a scenario that brings none. */
  readonly list: readonly { readonly name: string; readonly manifest: StrategyManifest }[];
  /** File name → text, under the strategy's name, or under none for what they share. */
  readonly files: ReadonlyMap<string, string>;
}

/** Throws a WorkshopError (`environment`) for a manifest that is missing or invalid. */
export async function loadStrategies(place: { root: string; slug: string }): Promise<Strategies> {
  const home = join(scenarioFolder(place), "strategies");
  const entries = await readdir(home, { withFileTypes: true }).catch(() => null);
  if (entries === null) return { list: [], files: new Map() };
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const each = await Promise.all(names.map((name) => loadStrategy({ home, name })));
  const list = each.map(({ name, manifest }) => ({ name, manifest }));
  return {
    list: list.sort((one, other) => one.manifest.order - other.manifest.order),
    files: new Map([...(await moduleFiles(home)), ...each.flatMap(({ files }) => files)]),
  };
}

async function loadStrategy({ home, name }: { home: string; name: string }): Promise<{
  name: string;
  manifest: StrategyManifest;
  files: [string, string][];
}> {
  const folder = join(home, name);
  const file = join(folder, "strategy.json");
  const manifest = readManifest({ kind: "strategy", file, text: await readFile(file, "utf8").catch(() => "") });
  const modules = await moduleFiles(folder);
  return { name, manifest, files: [...modules].map(([path, text]) => [`${name}/${path}`, text]) };
}
