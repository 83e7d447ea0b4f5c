/** Entry of a process of the confirm run: holds the handlers of one app instance and nothing else. */
import { serveHost } from "../runner/index.ts";
import { resolveBareImport } from "./bare-imports.ts";
import { CONFIRM_EPOCH } from "./confirm-epoch.ts";

process.send?.({ kind: "alive" }); // everything of ours is loaded: whatever comes now comes from the handlers
process.once("disconnect", () => process.exit(0));
serveHost(resolveBareImport, CONFIRM_EPOCH);
