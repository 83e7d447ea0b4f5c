/** What `load-test` is called and takes, for the table of commands. */
import type { Command } from "./command.ts";
import { cache, json, oneOf } from "./command-options.ts";
import { wholeNumber } from "./numbers.ts";

export const loadCommand: Command = {
  name: "load-test",
  summary: "many people at once: speed, hits, and answers that were stale",
  scenario: "default",
  options: [
    json,
    {
      flags: "--workload <name>",
      offers: ["warm-up", "mixed", "stale-read"],
      description: "one of the three only",
      parse: oneOf("warm-up", "mixed", "stale-read"),
    },
    { flags: "--seconds <n>", description: "how long each takes (default: 5)", parse: wholeNumber(1, 3600) },
    { flags: "--connections <n>", description: "how many ask at a time (default: 20)", parse: wholeNumber(1, 1000) },
    {
      flags: "--service <name>",
      offers: ["working", "starter", "reference"],
      description: "your handlers, the shipped ones, or the reference fix",
      parse: oneOf("working", "starter", "reference"),
    },
    cache,
    { flags: "--url <url>", description: "a service that runs already, in place of one of its own" },
    { flags: "--i-own-this-host", description: "allow a --url on another machine: it will be kept busy" },
    { flags: "--max-p99 <ms>", description: "fail above this", parse: wholeNumber(1, 3_600_000) },
    { flags: "--max-stale <n>", description: "fail above so many stale answers", parse: wholeNumber(0, 1_000_000_000) },
    { flags: "--min-hit-rate <percent>", description: "fail below this", parse: wholeNumber(0, 100) },
  ],
  examples: [
    ["", "warm-up, mixed and stale-read against your handlers"],
    ["--service reference --max-stale 0", "exit code 1 when anybody got an old answer"],
    ["--url http://127.0.0.1:4100 --workload mixed", "against what serve is running"],
  ],
  load: () => import("./load-test.ts"),
};
