/** The front door of the report room: values of a run or a check in, text out. */
import * as diff from "./diff.ts";
import * as killMatrix from "./matrix.ts";

export { diff, killMatrix };
export { comparisonChart } from "./comparison-chart.ts";
export { verdictJson } from "./json.ts";
export { plainText, type StoryLine } from "./story-line.ts";
export { type StoryEnding, storyTeller } from "./story.ts";
export { renderVerdict } from "./verdict.ts";
export { workshopReport } from "./workshop-report.ts";
