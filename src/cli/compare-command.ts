/** What `compare-strategies` is called and takes, for the table of commands. */
import type { Command } from "./command.ts";
import { json } from "./command-options.ts";
import { wholeNumber } from "./numbers.ts";

export const compareCommand: Command = {
  name: "compare-strategies",
  alias: "compare",
  summary: "the same traffic under several ways of caching, measured side by side",
  scenario: "default",
  options: [
    json,
    { flags: "--svg <file>", offers: "files", description: "also draw it as a chart" },
    {
      flags: "--minutes <n>",
      description: "how long the traffic lasts, by the service's clock",
      parse: wholeNumber(1, 600),
    },
    { flags: "--seed <text>", description: "other people at other moments; the same seed gives the same figures" },
  ],
  examples: [
    ["", "hits, stale answers, database reads and write latency of each"],
    ["--svg strategies.svg", "with a chart to show"],
    ["--seed monday --json", "another day, for a script"],
  ],
  load: () => import("./compare-strategies.ts"),
};
