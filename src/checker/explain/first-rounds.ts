/** Shortens the story of a run that never ends: thousands of equal steps tell no more than the first few of them. */
import type { StoryStep } from "../../vocabulary.ts";

const ROUNDS = 3;
/** For loops in which no two steps are alike. */
const MOST_STEPS = 40;

/** Keeps the first three of a request's equal steps, and forty steps in all. */
export function firstRounds(steps: readonly StoryStep[]): StoryStep[] {
  const told = new Map<string, number>();
  const isNews = ({ actor, kind, text, result = "" }: StoryStep): boolean => {
    const name = [actor, kind, text, result].join("\n");
    const times = (told.get(name) ?? 0) + 1;
    told.set(name, times);
    return times <= ROUNDS;
  };
  return steps.filter(isNews).slice(0, MOST_STEPS);
}
