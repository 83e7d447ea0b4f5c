/** The causes that have nothing to do with caching, in plain words: handlers that do not load, break down or never end. */
import type { Cause } from "../vocabulary.ts";

export interface CauseWords {
  /** Fits behind "because" or stands alone. */
  readonly title: string;
  /** What broke, where the property's own words speak of a write and there was none. */
  readonly broken?: string;
  /** What goes wrong, in one sentence. */
  readonly means: string;
  /** What to look at, or to change. */
  readonly change: string;
}

type Breakdown = Extract<
  Cause,
  | "syntax-error"
  | "export-missing"
  | "undefined-name"
  | "handler-threw"
  | "process-exited"
  | "never-answers"
  | "endless-loop"
  | "out-of-memory"
  | "globals-patched"
  | "forbidden-import"
  | "outside-requests"
  | "output-flood"
  | "nondeterministic"
  | "unexplained"
>;

export const BREAKDOWN_WORDS: Readonly<Record<Breakdown, CauseWords>> = {
  "syntax-error": {
    title: "the file is not valid TypeScript",
    means: "Nothing of it could run.",
    change: "Repair the marked place; often a bracket or a quote just before it is missing.",
  },
  "export-missing": {
    title: "a handler cannot be found",
    means: "The service looks it up by the name of its file and of its export, and found nothing there.",
    change: "Keep the file's name and the function's name as they were shipped, with `export` before it.",
  },
  "undefined-name": {
    title: "the code uses a name that nothing declares",
    means: "It was not taken from the context, not imported, or is misspelt.",
    change:
      "Declare it where it is used. The cache and the database come from the context: const { cache, db } = c.var;",
  },
  "handler-threw": {
    title: "a handler throws where the shipped one answers",
    means: "The client gets an error 500 instead of an answer.",
    change: "Look at the marked line: what can be undefined, rejected or refused there?",
  },
  "process-exited": {
    title: "the handlers end the process",
    means: "A server that ends itself answers nobody.",
    change: "Remove what exits or aborts; return a response instead.",
  },
  "never-answers": {
    title: "something is waited for that never comes",
    means: "Nothing in this service will ever bring it about, so there is never an answer.",
    change:
      "Look for a promise that is never resolved, a lock that is never freed, or two requests that wait for each other.",
  },
  "endless-loop": {
    title: "a handler goes on for ever",
    means:
      "It repeats something that never gets to its end: a loop, another try, a look at a lock, a promise that starts itself again.",
    change:
      "Ask what would have to happen for it to stop, and whether anything in it lets that happen; or limit the tries.",
  },
  "out-of-memory": {
    title: "the handlers need more memory than a check allows",
    means: "Something grows with every request, or is built at a size that no answer needs.",
    change: "Look for lists and maps that are only ever added to.",
  },
  "globals-patched": {
    title: "the handlers change what every program relies on",
    means: "Replacing built-in objects changes the service and its checker alike, so nothing could be believed.",
    change: "Leave built-in objects as they are.",
  },
  "forbidden-import": {
    title: "the handlers import what a handler has no use for",
    means: "A handler meets its database and its cache through the context only.",
    change: "Remove the import and use c.var.db and c.var.cache.",
  },
  "outside-requests": {
    title: "a module works on its own, outside all requests",
    means:
      "A timer or a loop that was started while the file was loaded uses the cache or the database. No order of requests decides when it does, so a check cannot play it.",
    change: "Let a request start that work and wait for it. What only tidies up a variable may stay.",
  },
  "output-flood": {
    title: "the handlers print without end",
    means: "The check was stopped before the output filled the disk or the screen.",
    change: "Remove the printing, or print once.",
  },
  nondeterministic: {
    title: "the same steps in the same order ended differently",
    means: "Something outside the workshop's control decides, so a verdict could not be repeated.",
    change: "Look for state that outlives a request, or for anything that comes from outside the context.",
  },
  unexplained: {
    title: "the failure is real, but its cause could not be proved",
    means: "No single change that the checker knows makes this order of steps pass.",
    change: "Follow the steps above one by one; and please report this, since naming the cause is our job.",
  },
};
