/** Rows of the table of commands for those who write scenarios. Loading it loads none of them. */
import type { CommandEntry } from "./command.ts";
import { json } from "./command-options.ts";
import { wholeNumber } from "./numbers.ts";

export const authorCommands: readonly CommandEntry[] = [
  {
    name: "new",
    summary: "begin something of your own, in a clone of the repository",
    commands: [
      {
        name: "scenario",
        summary: "put a small complete scenario in place, to be changed piece by piece",
        scenario: "none",
        argument: { name: "slug", description: "its name: lower-case words joined by hyphens" },
        options: [],
        // In backticks, because a slug in quotes would be a scenario that the program names.
        examples: [[`late-news`, "makes scenarios/late-news, which passes verify as it is"]],
        load: () => import("./new-scenario.ts"),
      },
    ],
  },
  {
    name: "verify",
    summary: "prove the checker on every fix that ships, right and wrong",
    scenario: "all",
    options: [
      json,
      {
        flags: "--repeat <n>",
        description: "run everything n times; each verdict must stay the same",
        parse: wholeNumber(1, 1000),
      },
      { flags: "--load", description: "run three times as many checks at once as there are cores" },
      { flags: "--mutate", description: "switch off each property and repair in turn; the matrix must notice" },
    ],
    examples: [
      ["", "all scenarios"],
      [`late-news`, "one, while you write it"],
      ["--repeat 20 --load", "twenty times, with more checks at once than there are cores"],
    ],
    load: () => import("./verify.ts"),
  },
];
