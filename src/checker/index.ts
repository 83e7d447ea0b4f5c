/** The front door of the checker: runs in, verdicts out. Pure: it is handed `run` and knows no handler, file or clock. */
export { check } from "./check.ts";
export { confirm, confirmStory } from "./confirm.ts";
export type { Confirmation } from "./confirm.ts";
export { confirmEqualStarts } from "./confirm-equal-starts.ts";
export { confirmStoryTogether, confirmTogether } from "./confirm-together.ts";
export { findingReplays, replayToken } from "./replay-token.ts";
export { seedOfToken } from "./token.ts";
