/** The table of commands in the shape that the completion library walks. Pure: names that have to be looked up are given. */
import { RootCommand, type Command as Branch, type Complete } from "@bomb.sh/tab";
import { type Command, type CommandEntry, type CommandOption, isGroup, type Offers } from "./command.ts";

/** Scenarios, strategies and so on, by what an option or argument offers; what is absent is not offered. */
export type Names = Readonly<Record<string, readonly string[]>>;

const EVERYWHERE: readonly CommandOption[] = [
  { flags: "--help", description: "display help for command" },
  { flags: "--no-color", description: "print without colour" },
  { flags: "--no-emoji", description: "print words instead of emoji" },
];

export function completionTree(entries: readonly CommandEntry[], names: Names): RootCommand {
  const tree = new RootCommand();
  addOptions(tree, [...EVERYWHERE, { flags: "--version", description: "print the version" }], names);
  const help = tree.command("help", "one command with its options");
  help.argument("command", (complete) => entries.forEach(({ name, summary }) => complete(name, summary)));
  // Without the group's own word the library does not look for the second one.
  for (const group of entries.filter(isGroup)) tree.command(group.name, group.summary);
  for (const { command, path } of entries.flatMap(inFull)) {
    for (const name of path) addCommand(tree.command(name, command.summary), command, names);
  }
  return tree;
}

export function optionsOf(entries: readonly CommandEntry[]): CommandOption[] {
  return entries.flatMap(inFull).flatMap(({ command }) => command.options);
}

/** What the argument before the scenario can be, of the command that these words call. */
export function argumentOffers(entries: readonly CommandEntry[], words: readonly string[]): Offers | undefined {
  const line = words.join(" ");
  const called = entries.flatMap(inFull).find(({ path }) => path.some((name) => line.startsWith(`${name} `)));
  return called?.command.argument?.offers;
}

/** Every word, or pair of words, that calls a command. */
function inFull(entry: CommandEntry): { command: Command; path: string[] }[] {
  if (isGroup(entry)) return entry.commands.map((command) => ({ command, path: [`${entry.name} ${command.name}`] }));
  return [{ command: entry, path: [entry.name, ...(entry.alias === undefined ? [] : [entry.alias])] }];
}

function addCommand(branch: Branch, command: Command, names: Names): void {
  if (command.argument) branch.argument(command.argument.name, teller(command.argument.offers, names));
  if (command.scenario !== "none") branch.argument("scenario", teller("scenarios", names));
  addOptions(branch, [...command.options, ...EVERYWHERE], names);
}

function addOptions(branch: Branch, options: readonly CommandOption[], names: Names): void {
  for (const { flags, description, hidden, offers } of options) {
    const [, name = "", value] = /^--([\w-]+)( <)?/u.exec(flags) ?? [];
    if (hidden === true) continue;
    // An option without somebody to ask for its value is taken for a switch.
    if (value === undefined) branch.option(name, description);
    else branch.option(name, description, teller(offers, names));
  }
}

function teller(offers: Offers | undefined, names: Names): (complete: Complete) => void {
  const words = typeof offers === "string" ? names[offers] : offers;
  return (complete) => words?.forEach((word) => complete(word, ""));
}
