/**
 * From arguments to an exit code. Everything that a command throws ends here: errors for people as two lines,
 * anything else as a bug of ours. Knows no command; they are loaded by the table.
 */
import { getEventListeners } from "node:events";
import { CommanderError } from "commander";
import { WorkshopError } from "../errors.ts";
import { commands } from "./commands.ts";
import { describeBug, describeError } from "./describe-error.ts";
import { installationError, isInstallation } from "./failed-start.ts";
import type { Io } from "./io.ts";
import { packageFacts } from "./package-facts.ts";
import { processIo } from "./process-io.ts";
import { buildProgram } from "./program.ts";

const EXIT = { usage: 2, environment: 6, bug: 70, interrupted: 130 } as const;

/** `argv` without the program and the script. Never rejects; the caller sets the exit code and lets output drain. */
export async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  const io = processIo(argv, interruption.signal);
  watchInterruption(interruption);
  keepWarningsShort(io);
  watchBugs(io);
  try {
    return await runProgram(argv, io);
  } catch (error) {
    return interruption.signal.aborted ? EXIT.interrupted : explain(error, io);
  }
}

async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const done = (given: number): void => {
    code = given;
  };
  const asksForNothing = argv.every((arg) => arg.startsWith("--no-"));
  if (asksForNothing && io.interactive) {
    const { runGuided } = await import("./guided.ts");
    code = await runGuided(io);
    return io.interrupted?.aborted === true ? EXIT.interrupted : code;
  }
  const args = asksForNothing ? ["--help"] : argv;
  await buildProgram({ commands, io, facts: packageFacts(io.root), done }).parseAsync(args, { from: "user" });
  return io.interrupted?.aborted === true ? EXIT.interrupted : code;
}

function explain(error: unknown, io: Io): number {
  // Commander has printed its own message, and help counts as an error with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof WorkshopError) {
    io.err(describeError(error, io));
    return EXIT[error.code];
  }
  if (isInstallation(error)) {
    io.err(describeError(installationError(error), io));
    return EXIT.environment;
  }
  io.err(describeBug(error, io));
  return EXIT.bug;
}

/** Node tells everybody once that stripping types is young. Participants can do nothing with that. */
function keepWarningsShort(io: Io): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") io.err(`${warning.name}: ${warning.message}\n`);
  });
}

/** A command that listens gets the chance to tidy up; a second Ctrl-C, or one that nobody hears, ends us at once. */
function watchInterruption(interruption: AbortController): void {
  process.on("SIGINT", () => {
    const first = !interruption.signal.aborted;
    interruption.abort();
    // Nothing is left to say, and waiting would ignore the person.
    if (!first || getEventListeners(interruption.signal, "abort").length === 0) process.exit(EXIT.interrupted);
  });
}

/** What is thrown outside every await cannot be caught by `main`; it is a bug of ours all the same. */
function watchBugs(io: Io): void {
  process.on("uncaughtException", (error) => {
    io.err(describeBug(error, io));
    // After an uncaught error no other code may go on.
    process.exit(EXIT.bug);
  });
}
