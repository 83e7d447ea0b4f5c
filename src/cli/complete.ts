/**
 * Answers a shell that asks how a line could go on: the command behind every press of Tab, so it loads only what the
 * word in question needs. An entry of its own beside `main.ts`; runs no command.
 */
import { join } from "node:path";
import { ShellCompDirective } from "@bomb.sh/tab";
import { WorkshopError } from "../errors.ts";
import type { CommandOption, Offers } from "./command.ts";
import { commands } from "./commands.ts";
import { argumentOffers, completionTree, optionsOf } from "./completion-tree.ts";
import { packageFacts } from "./package-facts.ts";

/** `words` are those behind the program's name; the last one is unfinished, and empty after a space. */
export async function complete(words: readonly string[], root: string): Promise<void> {
  const offers = askedOption(words)?.offers;
  if (offers === "folders") return answer(ShellCompDirective.ShellCompDirectiveFilterDirs);
  if (offers === "files") return answer(ShellCompDirective.ShellCompDirectiveDefault);
  try {
    const names = await namesFor(words, { offers, root });
    // Prints what it finds, in the words that the shells' scripts understand.
    completionTree(commands, names).parse([...words]);
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    // A shell has no place for our errors; the command itself will tell it.
    answer(ShellCompDirective.ShellCompDirectiveError);
  }
}

/** The option whose value is being typed, after a space or an equals sign. */
function askedOption(words: readonly string[]): CommandOption | undefined {
  const last = words.at(-1) ?? "";
  const name = last.startsWith("--") && last.includes("=") ? last.slice(0, last.indexOf("=")) : words.at(-2);
  return optionsOf(commands).find(({ flags }) => flags.startsWith(`${name} <`));
}

interface Asked {
  readonly offers: Offers | undefined;
  readonly root: string;
}

async function namesFor(
  words: readonly string[],
  { offers, root }: Asked,
): Promise<Readonly<Record<string, string[]>>> {
  const isCommand = words.length < 2;
  const isOption = words.at(-1)?.startsWith("-") === true && offers === undefined;
  if (isCommand || isOption) return {};
  const { listScenarios, loadFixes, pages } = await import("../scenario/index.ts");
  const scenarios = await listScenarios(root);
  const slug = words.findLast((word) => scenarios.includes(word)) ?? packageFacts(root).staleStats.defaultScenario;
  if (offers === "strategies") {
    const strategies = await loadFixes({ root, slug, kind: "accepted" });
    return { strategies: strategies.map(({ name }) => name) };
  }
  if (offers === "levels") {
    const { levels } = await pages.loadPrompts({ root, slug });
    return { levels: levels.map(({ level }) => String(level)) };
  }
  if (offers === "attempts" || argumentOffers(commands, words) === "attempts")
    return { scenarios, attempts: await attemptsOf(slug) };
  return { scenarios };
}

/** None where nothing was kept. */
async function attemptsOf(slug: string): Promise<string[]> {
  const { attempts } = await import("../workspace/index.ts");
  const kept = await attempts.list({ home: join(process.cwd(), "workshop"), slug });
  return kept.map(({ name }) => name);
}

function answer(directive: number): void {
  process.stdout.write(`:${directive}\n`);
}
