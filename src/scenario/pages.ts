/** What a scenario has to read and to say, beside its code: the guide, the prompts with sample answers, strategies to compare. */
export { loadGuide } from "./load-guide.ts";
export type { Guide, GuideStep } from "./load-guide.ts";
export { loadPrompts } from "./load-prompts.ts";
export type { PromptLadder, PromptLevel } from "./load-prompts.ts";
export { loadSamples } from "./load-samples.ts";
export type { Sample } from "./load-samples.ts";
export { loadStrategies } from "./load-strategies.ts";
export type { Block } from "./markdown.ts";
export { fillPlaceholders, namesNotIn } from "./placeholders.ts";
export type { Reference } from "./placeholders.ts";
