/** Options that several commands share, so that they read alike. */
import type { CommandOption } from "./command.ts";
import { wholeNumber } from "./numbers.ts";

export const json: CommandOption = { flags: "--json", description: "print one JSON object instead of text" };

/** Which levels there are is known when the scenario is. */
export function level(description: string): CommandOption {
  return { flags: "--level <n>", description, parse: wholeNumber(0, 99) };
}
