/** What the frame asks of the package itself: its version, and the scenario meant when none is named. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PackageFacts {
  readonly version: string;
  /** Packages that the built product still imports, with their ranges. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly staleStats: { readonly defaultScenario: string };
}

/** Reads `package.json` under `root`; it is ours, so a missing field is a bug and shows as one. */
export function packageFacts(root: string): PackageFacts {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}
