/** Where a scenario lies under the package root. Paths only: nothing here looks at the disk. */
import { join } from "node:path";

/** Absolute if `root` is; the folder need not exist. */
export function scenarioFolder(options: { root: string; slug: string }): string {
  return join(options.root, "scenarios", options.slug);
}

/** The module an author writes. */
export function scenarioSource(options: { root: string; slug: string }): string {
  return join(scenarioFolder(options), "scenario.ts");
}

/** The same module as plain JavaScript, made when the package is built. */
export function builtScenario(options: { root: string; slug: string }): string {
  return join(options.root, "dist", "scenarios", `${options.slug}.js`);
}
