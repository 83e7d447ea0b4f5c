/**
 * What the pages name exists: links, paths, npm scripts, commands and their options.
 * Reads the pages' text; a page that drifts from the tree fails here with the words that are no longer true.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CommandEntry, isGroup } from "../src/cli/command.ts";
import { commands } from "../src/cli/commands.ts";

const root = join(import.meta.dirname, "..");
const PAGES = ["README.md", "CONTRIBUTING.md", "workshop/README.md", "workshop/INSTRUCTOR.md"];
const named = commands.flatMap(inFull);
const facts: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe.for(PAGES)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");

  test("links to pages that are there", () => {
    const links = matches(text, /\]\((?!https?:)([^)#]+)[^)]*\)/g);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  test("names paths that are there", () => {
    expect(pathsIn(text).filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
  });

  test("names scripts that npm can run", () => {
    const scripts = matches(text, /npm run ([\w-][\w:-]*)/g);
    expect(scripts.filter((script) => facts.scripts[script] === undefined)).toEqual([]);
  });

  test("names commands and options that the command line has", () => {
    const calls = matches(text, /stale-stats ((?!<)[a-z][a-z-]+[^`\n|#]*)/g).filter((call) => !isProse(call));
    expect(calls.flatMap(unknownWords)).toEqual([]);
  });
});

test("the command table of the README is the command line's", () => {
  const rows = readFileSync(join(root, "README.md"), "utf8").matchAll(/^\| `([a-z-]+)[^`]*` *\| `([a-z]+)` *\|/gm);
  const known = named.map(({ name, alias }) => `${name} ${alias}`);
  expect([...rows].map((row) => `${row[1]} ${row[2]}`).filter((row) => !known.includes(row))).toEqual([]);
});

/** Commands of a group by both words. */
function inFull(entry: CommandEntry): { name: string; alias: string | undefined; flags: string }[] {
  const commandsOf = isGroup(entry) ? entry.commands : [entry];
  return commandsOf.map(({ name, alias, options }) => ({
    name: isGroup(entry) ? `${entry.name} ${name}` : name,
    alias,
    flags: options.map((option) => option.flags).join(" "),
  }));
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((found) => found[1] ?? "");
}

/** In code spans only. A `<name>` stands for any name; what set-up, the build and the tests make is not in the tree. */
function pathsIn(text: string): string[] {
  const made = /^(?:dist|\.ci\/output|workshop\/(?:<|stale-))/;
  const paths = matches(text, /`((?:src|scenarios|scripts|bin|workshop|fixtures|bench|dist|\.ci|\.github)\/[^`\s]*)/g);
  return paths.filter((path) => !made.test(path)).map((path) => path.replaceAll(/<\w+>/g, "*"));
}

/** "stale-stats hands you …": the name at the head of a sentence, not a call. */
function isProse(call: string): boolean {
  return /^(?:hands|gives|needs|is|and)\b/.test(call);
}

function unknownWords(call: string): string[] {
  const words = call.trim().split(/\s+/);
  const command = named.find(({ name, alias }) => `${words.join(" ")} `.startsWith(`${name} `) || alias === words[0]);
  if (command === undefined) return [call];
  const { name, flags } = command;
  return words.filter((word) => word.startsWith("--") && !flags.includes(word)).map((word) => `${name} ${word}`);
}
