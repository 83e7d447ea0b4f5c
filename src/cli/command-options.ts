/** Options that several commands share, so that they read alike. */
import type { CommandOption } from "./command.ts";
import { wholeNumber } from "./numbers.ts";
import { RefusedValue } from "./refused-value.ts";

export const json: CommandOption = { flags: "--json", description: "print one JSON object instead of text" };

export const cache: CommandOption = {
  flags: "--cache <url>",
  description: "keep the cache in a Redis: redis://…, rediss://… or unix:/… (default: in memory)",
};

/** Which levels there are is known when the scenario is. */
export function level(description: string): CommandOption {
  return { flags: "--level <n>", offers: "levels", description, parse: wholeNumber(0, 99) };
}

/** A name for people: printed in tables, so no control characters and not long. */
export function label(text: string): string {
  if (/^[^\p{Cc}\p{Bidi_Control}]{1,40}$/u.test(text) && text.trim() !== "") return text.trim();
  throw new RefusedValue("It must be one line of at most 40 characters.");
}

/** One of a few words. */
export function oneOf<Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word !== undefined) return word;
    throw new RefusedValue(`It must be one of: ${words.join(", ")}.`);
  };
}
