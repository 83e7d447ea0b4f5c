/**
 * What the frame knows of a command before it is loaded: its words, its options, and where its code is.
 * Values of this shape make the table in `commands.ts`; a command's own file knows nothing of them.
 */
import type { Io } from "./io.ts";

/** What a shell can complete: one of these words, or what it finds when it is asked. */
export type Offers = readonly string[] | "scenarios" | "strategies" | "levels" | "attempts" | "folders" | "files";

export interface CommandOption {
  /** As commander reads them: `--downloads <n>`. */
  readonly flags: string;
  readonly description: string;
  /** Turns the text into a value; throws RefusedValue. Absent: the text itself. */
  readonly parse?: (text: string) => unknown;
  /** Absent: a value that only the reader knows. */
  readonly offers?: Offers;
  /** Left out of the help: for our own tests. */
  readonly hidden?: true;
}

/** A word that must be given, before the scenario. */
export interface CommandArgument {
  readonly name: string;
  readonly description: string;
  /** Of words that stand here, nothing but these will do. */
  readonly offers?: Offers;
}

export interface Command {
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  /** What `scenario` is when it is not named: the package's default, or nothing (all of them). `none`: it cannot be. */
  readonly scenario: "default" | "all" | "none";
  readonly argument?: CommandArgument;
  readonly options: readonly CommandOption[];
  /** Arguments after the command's name, each with what it does. */
  readonly examples: readonly (readonly [args: string, does: string])[];
  /** `never`: each command types its own options, and the table above is what keeps the two alike. */
  load(): Promise<{ run(options: never, io: Io): Promise<number> }>;
}

/** Commands under one word: `group command`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

export type CommandEntry = Command | CommandGroup;

export function isGroup(entry: CommandEntry): entry is CommandGroup {
  return "commands" in entry;
}
