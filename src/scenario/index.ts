/** The front door of the scenario room: the contract that authors write to, and the way from a folder to its values. */
import * as pages from "./pages.ts";

export { authoring } from "./authoring.ts";
export { defineScenario } from "./define-scenario.ts";
export { listScenarios } from "./list-scenarios.ts";
export { loadScenario } from "./load-scenario.ts";
export { loadFixes } from "./load-fixes.ts";
export { hints } from "./hints.ts";
export { fixFiles, starterFiles } from "./fix-files.ts";
export { nearest } from "./nearest.ts";
export { pages };
