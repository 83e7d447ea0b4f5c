/** The front door of the workspace room: the participant's folder on disk. */
export { attempts } from "./saved-attempts.ts";
export { setUpWorkshop } from "./set-up-workshop.ts";
export { copyDatabase, openWorkshop } from "./open-workshop.ts";
export { probeDatabase } from "./probe-database.ts";
export { progress } from "./progress.ts";
export { snapshots } from "./replace-handlers.ts";
export { readWorkingCopy } from "./working-copy.ts";
export { workingCopyFolder } from "./layout.ts";
export type { Place } from "./layout.ts";
