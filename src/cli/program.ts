/**
 * Builds the commander program from the table of commands. Takes the table, an Io and the package's facts; gives a
 * program whose `parseAsync` hands the chosen command's exit code to `done`. Knows no command by name.
 */
import { Chalk } from "chalk";
import { Argument, Command as Program, InvalidArgumentError, Option } from "commander";
import { WorkshopError } from "../errors.ts";
import {
  type Command,
  type CommandArgument,
  type CommandEntry,
  type CommandGroup,
  type CommandOption,
  isGroup,
} from "./command.ts";
import { commandLine } from "./command-line.ts";
import { describeError } from "./describe-error.ts";
import type { Io } from "./io.ts";
import type { PackageFacts } from "./package-facts.ts";
import { RefusedValue } from "./refused-value.ts";

type Facts = Pick<PackageFacts, "version" | "staleStats">;

interface Frame {
  readonly commands: readonly CommandEntry[];
  readonly io: Io;
  readonly facts: Facts;
  done(code: number): void;
}

/** The program throws CommanderError instead of ending the process; it writes through `io` only. */
export function buildProgram(frame: Frame): Program {
  const program = new Program("stale-stats");
  dress(program, frame.io, "")
    .description("Find, fix and prove a cache invalidation bug in a small real web service.")
    .usage("<command> [scenario] [options]")
    .version(frame.facts.version, "-V, --version", "print the version")
    .option("--no-color", "print without colour")
    .option("--no-emoji", "print words instead of emoji")
    .addHelpText("after", tour(frame.commands, frame.io));
  for (const entry of frame.commands)
    if (isGroup(entry)) addGroup(program, entry, frame);
    else addCommand(program, { command: entry, name: entry.name }, frame);
  return program;
}

/** The group alone, or with a word that is none of its commands, is answered with its help. */
function addGroup(program: Program, { name, summary, commands }: CommandGroup, frame: Frame): void {
  const group = program.createCommand(name);
  dress(group, frame.io, name).summary(summary).description(sentence(summary)).helpCommand(false);
  for (const command of commands) addCommand(group, { command, name: `${name} ${command.name}` }, frame);
  program.addCommand(group);
}

/** `name` is what was typed to get here. */
function dress(program: Program, io: Io, name: string): Program {
  const chalk = new Chalk({ level: io.color ? 1 : 0 });
  return program
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
      getOutHasColors: () => io.color,
      getErrHasColors: () => io.color,
      outputError: (text, write) => write(describeError(misunderstood(text, name), io)),
    })
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: (command) => [command.name(), ...command.aliases()].join(", "),
      styleTitle: (title) => chalk.bold(title),
      styleSubcommandText: (text) => chalk.cyan(text),
      styleOptionText: (text) => chalk.cyan(text),
    })
    .showHelpAfterError(false);
}

/** Commander says what it did not understand, and in brackets what may have been meant. */
function misunderstood(text: string, name: string): WorkshopError {
  const [, message = text, meant] = /^error: ([^]*?)\n?(?:\((Did you mean [^]*)\))?\n?$/u.exec(text) ?? [];
  const help = `Run: ${commandLine([...name.split(" ").filter(Boolean), "--help"])}`;
  return new WorkshopError({
    code: "usage",
    message: sentence(message.replace(/\.$/u, "")),
    hint: meant === undefined ? help : `${meant} ${help}`,
  });
}

/** `name` with the group it is in. */
function addCommand(program: Program, { command, name }: { command: Command; name: string }, frame: Frame): void {
  const sub = program.createCommand(command.name);
  dress(sub, frame.io, name).summary(command.summary).description(sentence(command.summary));
  if (command.argument) sub.addArgument(toArgument(command.argument));
  if (command.scenario !== "none") sub.argument("[scenario]", scenarioHelp(command, frame.facts));
  sub.addHelpText("after", examples({ command, name }, frame.io)).action(async (...given: unknown[]) => {
    // Commander hands over the arguments, then the options.
    const words = given.slice(0, sub.registeredArguments.length) as (string | undefined)[];
    frame.done(await runCommand({ command, words, options: sub.opts(), frame }));
  });
  if (command.alias !== undefined) sub.alias(command.alias);
  for (const option of command.options) sub.addOption(toOption(option));
  program.addCommand(sub);
}

async function runCommand(call: {
  command: Command;
  words: readonly (string | undefined)[];
  options: object;
  frame: Frame;
}): Promise<number> {
  const { command, words, options, frame } = call;
  const unnamed = command.scenario === "default" ? frame.facts.staleStats.defaultScenario : undefined;
  const scenario = command.scenario === "none" ? undefined : (words.at(-1) ?? unnamed);
  const argument = command.argument && { [command.argument.name]: words[0] };
  const { run } = await command.load();
  // The table describes each command's options; commander has parsed them by it.
  return run({ ...options, ...argument, ...(scenario === undefined ? {} : { scenario }) } as never, frame.io);
}

function toArgument({ name, description, offers }: CommandArgument): Argument {
  const argument = new Argument(`<${name}>`, description);
  return offers === undefined || typeof offers === "string" ? argument : argument.choices(offers);
}

function toOption({ flags, description, parse, hidden }: CommandOption): Option {
  const option = new Option(flags, description);
  if (parse) option.argParser((text: string) => asUsage(parse, text));
  return hidden ? option.hideHelp() : option;
}

/** The table knows nothing of commander, so that it can be read without it. */
function asUsage(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof RefusedValue ? new InvalidArgumentError(error.message) : error;
  }
}

function scenarioHelp(command: Command, facts: Facts): string {
  return command.scenario === "default"
    ? `the lesson to work on (default: ${facts.staleStats.defaultScenario})`
    : "one lesson only (default: all of them)";
}

function examples({ command, name }: { command: Command; name: string }, io: Io): string {
  const calls = command.examples.map(
    ([args, does]) => [`${commandLine(name.split(" "))} ${args}`.trimEnd(), does] as const,
  );
  return `\nExamples:\n${columns(calls, io.width)}`;
}

function tour(commands: readonly CommandEntry[], io: Io): string {
  const steps = commands.flatMap((entry) => (isGroup(entry) ? [] : (entry.alias ?? [])));
  const arrow = io.emoji ? " → " : " -> ";
  const calls = [
    [commandLine([]), "in a terminal: be led through a lesson"],
    [commandLine(["setup"]), `then in this order: ${steps.slice(1).join(arrow)}`],
    [commandLine(["help", commands[0]?.name ?? ""]), "one command with its options"],
  ] as const;
  return `\nExamples:\n${columns(calls, io.width)}`;
}

/** Side by side where that fits, else what it does under what to type. */
function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const widest = Math.max(...rows.map(([left]) => left.length));
  const beside = rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`);
  if (beside.every((line) => line.length <= width)) return beside.join("\n");
  return rows.map(([left, right]) => `  ${left}\n      ${right}`).join("\n");
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
