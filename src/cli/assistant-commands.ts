/** Rows of the table of commands for work with an AI assistant, and for whoever speaks. Loading it loads none of them. */
import type { CommandEntry } from "./command.ts";
import { json, label, level } from "./command-options.ts";
import { wholeNumber } from "./numbers.ts";

export const assistantCommands: readonly CommandEntry[] = [
  {
    name: "prompts",
    summary: "see what to ask an AI assistant, level by level, and what to show it",
    scenario: "default",
    options: [
      level("one level in full"),
      { flags: "--copy", description: "put the prompt of that level into the clipboard" },
      { flags: "--sample", description: "show a sample answer to that level, for rooms without an assistant" },
      { flags: "--apply", description: "put the sample answer into your files; yours are kept in a snapshot" },
      json,
    ],
    examples: [
      ["", "all levels, to compare them"],
      ["--level 3 --copy", "one level, and its prompt to paste"],
      ["--level 1 --sample", "what an assistant might answer"],
    ],
    load: () => import("./prompts.ts"),
  },
  {
    name: "context",
    summary: "print what an assistant gets to see at a level, to paste it anywhere",
    scenario: "default",
    options: [
      level("of the prompts; the fullest when absent"),
      { flags: "--copy", description: "put it into the clipboard instead" },
    ],
    examples: [
      ["", "both handlers, the evidence, and the key"],
      ["--level 2 --copy", "what level 2 shows, to paste"],
    ],
    load: () => import("./context.ts"),
  },
  {
    name: "attempt",
    summary: "keep several candidates for a fix, and choose among them",
    commands: [
      {
        name: "save",
        summary: "keep your handlers as they are now under a name",
        scenario: "default",
        argument: { name: "name", description: "letters, digits, - and _" },
        options: [
          level("of the prompt that led to it"),
          { flags: "--assistant <name>", description: "who wrote it", parse: label },
          { flags: "--force", description: "replace the attempt of that name; it is kept as NAME.1" },
        ],
        examples: [
          ["first-try", "keep what is in your files now"],
          ["level-3 --level 3 --assistant Ada", "with what it came from"],
        ],
        load: () => import("./attempt-save.ts"),
      },
      {
        name: "list",
        summary: "list what you kept, with the size of each change",
        scenario: "default",
        options: [json],
        examples: [["", "in the order in which you kept them"]],
        load: () => import("./attempt-list.ts"),
      },
      {
        name: "apply",
        summary: "put a kept attempt back into your files",
        scenario: "default",
        argument: { name: "name", description: "as in the list", offers: "attempts" },
        options: [],
        examples: [["level-3", "what your files hold now is kept in a snapshot"]],
        load: () => import("./attempt-apply.ts"),
      },
    ],
  },
];

export const speakerCommands: readonly CommandEntry[] = [
  {
    name: "guide",
    summary: "read the speaker's notes, step by step, on a second screen",
    scenario: "default",
    options: [
      { flags: "--step <n>", description: "one step", parse: wholeNumber(0, 99) },
      { flags: "--all", description: "every step, one below the other" },
    ],
    examples: [
      ["", "the clock"],
      ["--step 1", "what to say and to ask first"],
    ],
    load: () => import("./guide.ts"),
  },
];
