/** What `serve` is called and takes, for the table of commands. */
import type { Command } from "./command.ts";
import { cache, oneOf } from "./command-options.ts";
import { wholeNumber } from "./numbers.ts";

export const serveCommand: Command = {
  name: "serve",
  summary: "run the service on a port, with a live page in front of it",
  scenario: "default",
  options: [
    { flags: "--open", description: "open the page in the browser" },
    {
      flags: "--port <n>",
      description: "listen on this port (default: the first free one from 4100 on)",
      parse: wholeNumber(0, 65_535),
    },
    { flags: "--host <name>", description: "listen on this address, for others to see (default: this machine only)" },
    { flags: "--handlers <dir>", offers: "folders", description: "serve the handlers in another folder" },
    cache,
    {
      flags: "--workers <n>",
      description: "serve from so many processes, which share the port, the data and the Redis of --cache (default: 1)",
      parse: wholeNumber(1, 16),
    },
    {
      flags: "--service <name>",
      offers: ["working", "lab", "starter", "reference"],
      description: "serve your handlers, the lab's, the shipped ones, or the reference fix",
      parse: oneOf("working", "lab", "starter", "reference"),
    },
  ],
  examples: [
    ["--open", "watch the two numbers part, then save a fix"],
    ["--service reference", "what it looks like when it is right"],
    ["--workers 3 --cache redis://127.0.0.1:6379", "three processes over one Redis"],
    ["--port 8080 --host 0.0.0.0", "for a projector elsewhere in this network"],
  ],
  load: () => import("./serve.ts"),
};
