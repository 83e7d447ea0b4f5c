/** The front door of the runner: worlds in which handlers run, in this process or in processes of their own. */
import * as live from "./live/index.ts";

export { connectConfirm } from "./connect-confirm.ts";
export { createExplorerOpener } from "./open-explorer.ts";
export { prepareHandlers } from "./prepare-handlers.ts";
export { serveHost } from "./serve-host.ts";
export { startStopwatch } from "./stopwatch.ts";
export { surveyScenario } from "./survey-scenario.ts";
export { startHandlerProcess } from "./handler-process.ts";
export type { HandlerProcess } from "./handler-process.ts";
export type { LoadFault } from "./prepare-handlers.ts";
export { live };
