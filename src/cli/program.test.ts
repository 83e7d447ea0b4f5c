/** The frame with invented commands: what reaches them, what they are told apart by, what a slip of the finger gets. */
import { CommanderError } from "commander";
import { onTestFinished, expect, test } from "vitest";
import { WorkshopError } from "../errors.ts";
import { type CommandEntry, isGroup } from "./command.ts";
import { commands as commandTable } from "./commands.ts";
import { describeError } from "./describe-error.ts";
import { wholeNumber } from "./numbers.ts";
import { buildProgram } from "./program.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import type { RecordingIo } from "./recording-io.test-support.ts";

interface Call {
  readonly io: RecordingIo;
  readonly seen: unknown[];
  readonly codes: number[];
  run(...args: string[]): Promise<unknown>;
}

function invented(): Call {
  const seen: unknown[] = [];
  const codes: number[] = [];
  const io = recordingIo();
  onTestFinished(io.remove);
  const load = async (): Promise<{ run(options: unknown): Promise<number> }> => ({
    run: async (options: unknown) => 40 + seen.push(options),
  });
  const count = { flags: "--count <n>", description: "how many", parse: wholeNumber(1, 5000) };
  const words = { summary: "do it", examples: [["--count 3", "do it thrice"]] as const, load };
  const commands: CommandEntry[] = [
    { name: "paint-fence", alias: "paint", scenario: "default", options: [count], ...words },
    {
      name: "shelf",
      summary: "keep things",
      commands: [
        { name: "put", scenario: "default", argument: { name: "thing", description: "x" }, options: [], ...words },
        { name: "make", scenario: "none", argument: { name: "thing", description: "x" }, options: [], ...words },
      ],
    },
    { name: "inspect", scenario: "all", options: [{ flags: "--secret", description: "x", hidden: true }], ...words },
  ];
  const facts = { version: "9.8.7", engines: { node: ">=1" }, staleStats: { defaultScenario: "white" } };
  const run = async (...args: string[]): Promise<unknown> =>
    buildProgram({ commands, io, facts, done: (code) => void codes.push(code) })
      .parseAsync(args, { from: "user" })
      .catch((error: unknown) => error);
  return { io, seen, codes, run };
}

test("a command gets its parsed options and the default scenario, by name and by alias", async () => {
  const { run, seen, codes } = invented();
  await run("paint-fence", "--count", "1_000");
  await run("paint", "red", "--no-emoji");
  await run("inspect");
  expect(seen).toEqual([{ count: 1000, scenario: "white" }, { scenario: "red" }, {}]);
  expect(codes).toEqual([41, 42, 43]);
});

test("a command of a group gets its word and the scenario, and says both words in its examples", async () => {
  const { io, run, seen } = invented();
  await run("shelf", "put", "book");
  await run("shelf", "put", "book", "red");
  await run("shelf", "make", "book");
  expect(seen).toEqual([{ thing: "book", scenario: "white" }, { thing: "book", scenario: "red" }, { thing: "book" }]);
  await run("shelf", "put", "--help");
  expect(io.printed()).toContain("  npx stale-stats shelf put --count 3");
});

test.each([
  [["shelf", "make", "book", "red"], "Too many arguments"],
  [["shelf", "put"], "Missing required argument 'thing'.\n   →   Run: npx stale-stats shelf put --help"],
  [["shelf", "putt", "book"], "Did you mean put?"],
  [["shelf"], "Keep things."],
  [["pain-fence"], "Did you mean paint-fence? Run: npx stale-stats --help"],
  [["paint", "--cuont", "3"], "Did you mean --count? Run: npx stale-stats paint-fence --help"],
  [["nothing-like-it"], "Unknown command 'nothing-like-it'.\n   →   Run: npx stale-stats --help"],
  [["paint", "--count", "3.5"], "whole number from 1 to 5000"],
  [["paint", "--count", "5001"], "whole number from 1 to 5000"],
  [["paint", "red", "blue"], "Too many arguments"],
])("%o is a usage error that says: %s", async (args, told) => {
  const { io, run, seen } = invented();
  const error = await run(...args);
  expect(error).toBeInstanceOf(CommanderError);
  expect(io.complained().replaceAll(/\n {7}/gu, " ")).toContain(told);
  expect(seen).toEqual([]);
});

test("help has examples and the default, and keeps our own switches to itself", async () => {
  const { io, run } = invented();
  await run("paint", "--help");
  expect(io.printed()).toContain("  npx stale-stats paint-fence --count 3  do it thrice");
  expect(io.printed()).toContain("default: white");
  await run("inspect", "--help");
  expect(io.printed()).not.toContain("--secret");
});

test("a long error hangs under its first word, and a path stays whole however wide", () => {
  const path = `/home/ada/${"deep/".repeat(8)}file`;
  const error = new WorkshopError({
    code: "usage",
    message: `There is nothing at ${path}.`,
    hint: `Try again.${" Try again.".repeat(5)}`,
  });
  const lines = describeError(error, { color: false, emoji: true, width: 40 }).split("\n");
  expect(lines.slice(0, 2)).toEqual(["error  There is nothing at", `       ${path}.`]);
  expect(lines[2]).toBe("   →   Try again. Try again. Try again.");
  expect(lines[3]).toBe("       Try again. Try again. Try again.");
});

test("the table of commands can be built, and every command answers for help", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  const facts = { version: "9.8.7", engines: { node: ">=1" }, staleStats: { defaultScenario: "white" } };
  const names = commandTable.flatMap((entry) =>
    isGroup(entry) ? entry.commands.map(({ name }) => [entry.name, name]) : [[entry.name]],
  );
  for (const words of names) {
    const program = buildProgram({ commands: commandTable, io, facts, done: () => undefined });
    await expect(program.parseAsync([...words, "--help"], { from: "user" })).rejects.toMatchObject({ exitCode: 0 });
    expect(io.printed()).toMatch(new RegExp(`\\n  npx stale-stats ${words.join(" ")}(?: [a-z-]|  |\\n {6}\\S)`, "u"));
  }
  const wide = io
    .printed()
    .split("\n")
    .filter((line) => line.length > io.width);
  expect(wide).toEqual([]);
});
