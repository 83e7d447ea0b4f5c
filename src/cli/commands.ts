/** The one table of commands, in the order in which a participant meets them. Loading it loads none of them. */
import { assistantCommands, speakerCommands } from "./assistant-commands.ts";
import { authorCommands } from "./author-commands.ts";
import type { CommandEntry } from "./command.ts";
import { compareCommand } from "./compare-command.ts";
import { completionCommand } from "./completion-command.ts";
import { cache, json } from "./command-options.ts";
import { loadCommand } from "./load-command.ts";
import { wholeNumber } from "./numbers.ts";
import { serveCommand } from "./serve-command.ts";

export const commands: readonly CommandEntry[] = [
  {
    name: "setup-test-data",
    alias: "setup",
    summary: "create the data and your copy of the handlers, or renew the data",
    scenario: "default",
    options: [
      {
        flags: "--downloads <n>",
        description: "give one more dataset a history of n rows",
        parse: wholeNumber(0, 50_000_000),
      },
      { flags: "--seed <text>", description: "another seed makes other people and dates" },
      { flags: "--force", description: "put the handlers back as they were shipped; yours are kept in a snapshot" },
    ],
    examples: [
      ["", "set up the first scenario"],
      ["--downloads 1000000", "with a million downloads to count"],
      ["--force", "start over; what you wrote is kept"],
    ],
    load: () => import("./setup-test-data.ts"),
  },
  {
    name: "demonstrate-problem",
    alias: "demo",
    summary: "replay the incident through your handlers",
    scenario: "default",
    options: [{ flags: "--starter", description: "through the handlers as they were shipped" }, cache],
    examples: [
      ["", "with your handlers, as they are now"],
      ["--starter", "see the disaster again after a fix"],
    ],
    load: () => import("./demonstrate-problem.ts"),
  },
  ...assistantCommands,
  {
    name: "test-your-fix",
    alias: "check",
    summary: "ask whether your fix is right, and if not, why not",
    scenario: "default",
    options: [
      json,
      { flags: "--handlers <dir>", offers: "folders", description: "check the handlers in another folder" },
      { flags: "--seed <text>", description: "other data and other samples; the same seed gives the same verdict" },
      { flags: "--replay <token>", description: "play one failure again, as printed under it" },
      { flags: "--budget <n>", description: "run at most n schedules", parse: wholeNumber(1, 100_000_000) },
      { flags: "--thorough", description: "explore further than a verdict needs" },
      {
        flags: "--stars <n>",
        offers: ["1", "2", "3"],
        description: "demand this many stars",
        parse: wholeNumber(1, 3),
      },
      { flags: "--attempt <name>", offers: "attempts", description: "check one attempt that you kept" },
      { flags: "--all", description: "check every attempt that you kept, and see them side by side" },
      { flags: "--full", description: "on a pass, also show the story that the third star lacks" },
    ],
    examples: [
      ["", "check your working copy"],
      ["--stars 3", "demand that it survives races and outages"],
      ["--all", "compare what you kept with attempt save"],
      ["--handlers ./candidate --json", "check another folder, for a script"],
    ],
    load: () => import("./test-your-fix.ts"),
  },
  {
    name: "watch",
    summary: "a verdict each time you save, until you press q",
    scenario: "default",
    options: [],
    examples: [["", "leave it open beside your editor"]],
    load: () => import("./watch.ts"),
  },
  serveCommand,
  loadCommand,
  compareCommand,
  {
    name: "hint",
    summary: "the next hint for what your last check found, one rung at a time",
    scenario: "default",
    options: [
      {
        flags: "--rung <n>",
        offers: ["1", "2", "3", "4", "5"],
        description: "show one of the five rungs, again or at once",
        parse: wholeNumber(1, 5),
      },
    ],
    examples: [
      ["", "each call says a little more, from a question to the solution"],
      ["--rung 1", "read the first one again"],
    ],
    load: () => import("./hint.ts"),
  },
  {
    name: "show-reference",
    alias: "reference",
    summary: "compare your handlers with an accepted fix, and read why it is right",
    scenario: "default",
    options: [
      { flags: "--full", description: "print whole files instead of a diff" },
      { flags: "--strategy <name>", offers: "strategies", description: "show another accepted fix" },
      { flags: "--list", description: "list the accepted fixes" },
    ],
    examples: [
      ["", "the reference against your files"],
      ["--list", "what else would be right"],
      ["--strategy write-through", "another way to fix it"],
    ],
    load: () => import("./show-reference.ts"),
  },
  ...speakerCommands,
  {
    name: "reset",
    summary: "put the handlers back as they were shipped; yours are kept",
    scenario: "default",
    options: [],
    examples: [["", "start over with the handlers, with the data as it is"]],
    load: () => import("./reset.ts"),
  },
  {
    name: "undo",
    summary: "bring back the handlers that a command has overwritten",
    scenario: "default",
    options: [
      { flags: "--list", description: "list what was kept, with time and reason" },
      { flags: "--to <n>", description: "go back to this snapshot", parse: wholeNumber(1, 1_000_000) },
    ],
    examples: [
      ["", "as before the last reset; twice is as before the undo"],
      ["--list", "everything that was kept"],
      ["--to 1", "the oldest"],
    ],
    load: () => import("./undo.ts"),
  },
  {
    name: "list",
    summary: "the scenarios: what each teaches, and how far you have come",
    scenario: "all",
    options: [json],
    examples: [
      ["", "all scenarios"],
      ["--json", "for a script"],
    ],
    load: () => import("./list.ts"),
  },
  {
    name: "report",
    summary: "for instructors: what happened in this folder, as a page with charts",
    scenario: "all",
    options: [
      { flags: "--json", description: "print one JSON object instead of writing a page" },
      { flags: "--out <file>", offers: "files", description: "write the page here (default: stale-stats-report.html)" },
      { flags: "--open", description: "open the page in the browser" },
    ],
    examples: [
      ["", "write the page"],
      ["--open", "and look at it"],
      ["--out ada.html", "under another name, to collect the pages of a room"],
      ["--json", "for a script"],
    ],
    load: () => import("./report.ts"),
  },
  {
    name: "doctor",
    summary: "prove that this machine will do, before the room is full",
    scenario: "default",
    options: [json],
    examples: [
      ["", "in the folder in which people will work"],
      ["--json", "for a script: exits 0 when it will do, 6 when not"],
    ],
    load: () => import("./doctor.ts"),
  },
  ...authorCommands,
  completionCommand,
];
