/** How a live service tells what it does. Types only. */
import type { LiveStep } from "../../vocabulary.ts";

export type { LiveAnswer, LiveArrival, LiveCacheStep, LiveDatabaseStep, LiveStep } from "../../vocabulary.ts";

/** Called synchronously after each step; must not throw. */
export type Observer = (step: LiveStep) => void;
