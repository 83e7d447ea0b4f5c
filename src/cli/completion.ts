/** `completion`: prints a shell's completion script. The script asks `stale-stats complete` at each press of Tab. */
import { RootCommand } from "@bomb.sh/tab";
import type { Io } from "./io.ts";

export interface CompletionOptions {
  readonly shell: "bash" | "zsh" | "fish";
}

export async function run({ shell }: CompletionOptions, _io: Io): Promise<number> {
  // Prints by itself.
  new RootCommand().setup("stale-stats", "stale-stats", shell);
  return 0;
}
