/** What the frame asks of the package itself: its version, the Node it needs, and the scenario meant when none is named. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PackageFacts {
  readonly version: string;
  /** The Nodes that will do, e.g. `>=22.18`. */
  readonly engines: { readonly node: string };
  /** Packages that the built tool still imports, with their ranges. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly staleStats: { readonly defaultScenario: string };
}

/** Reads `package.json` under `root`; it is ours, so a missing field is a bug and shows as one. */
export function packageFacts(root: string): PackageFacts {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}
