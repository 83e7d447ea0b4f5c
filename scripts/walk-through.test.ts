/**
 * CONTRIBUTING's walk-through, followed block by block through the real command in a copy of the repository: `sh` is run,
 * `text` must come out of it, `diff`, `ts` and `json` change the file that stands behind the word. Needs a build.
 */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { execPath } from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const HEADING = "### From the template to a lesson of your own";
/** Two whole proofs of a scenario, on a machine that may be busy with others. */
const PATIENCE = 300_000;

interface Block {
  readonly kind: string;
  readonly file: string;
  readonly text: string;
}

let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "stale-stats-clone-"));
  const left = new Set(["node_modules", ".git", "scenarios"]);
  cpSync(root, clone, { recursive: true, filter: (path) => !left.has(relative(root, path)) && !isOwnWork(path) });
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"), "junction");
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** Working copies of whoever works here. */
function isOwnWork(path: string): boolean {
  const [first, second, ...rest] = relative(root, path).split(sep);
  return first === "workshop" && rest.length > 0 && second !== undefined;
}

test(
  "the walk-through does what it says, and leaves a scenario in our format and of our types",
  { timeout: PATIENCE },
  async () => {
    const blocks = blocksOf(walkThrough());
    expect(blocks.filter(({ kind }) => kind === "sh").length).toBeGreaterThan(3);
    for (const [nth, block] of blocks.entries()) await follow(block, blocks[nth + 1]);
    const tool = (name: string, ...args: string[]): string =>
      execFileSync(join(root, "node_modules", ".bin", name), args, { cwd: clone, encoding: "utf8" });
    expect(tool("oxfmt", "--check", "scenarios")).toContain("All matched files use the correct format");
    expect(tool("oxlint", "scenarios")).toContain("0 errors");
    const settings = { extends: "./tsconfig.json", include: ["scenarios"] };
    writeFileSync(join(clone, "scenarios.json"), JSON.stringify(settings));
    expect(tool("tsc", "--project", "scenarios.json")).toBe("");
  },
);

function walkThrough(): string {
  const [, after = ""] = readFileSync(join(root, "CONTRIBUTING.md"), "utf8").split(`${HEADING}\n`);
  return after.split(/^## /mu)[0] ?? "";
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gmsu)].map(([, kind = "", file = "", text = ""]) => ({
    kind,
    file,
    text,
  }));
}

async function follow(block: Block, next: Block | undefined): Promise<void> {
  const file = join(clone, block.file);
  switch (block.kind) {
    case "sh":
      return await typed(block.text, next?.kind === "text" ? next.text : "");
    case "text":
      return; // held against the commands before it
    case "diff":
      writeFileSync(file, changed(readFileSync(file, "utf8"), block.text));
      return;
    case "ts":
    case "json":
      writeFileSync(file, block.text, { flag: "wx" });
      return;
    default:
      throw new Error(`nobody knows what to do with a block of ${block.kind}`);
  }
}

/** What the page promises is told by the last command. */
async function typed(lines: string, promised: string): Promise<void> {
  const commands = lines.trim().split("\n");
  for (const [nth, command] of commands.entries()) {
    const isLast = nth === commands.length - 1;
    const { code, out } = await ended(command);
    expect(`${command}: ${code}`).toBe(`${command}: ${isLast && promised.includes("problem") ? 1 : 0}`);
    if (!isLast) continue;
    for (const line of promised.split("\n")) expect(oneLine(out)).toContain(oneLine(line));
  }
}

function ended(command: string): Promise<{ code: number; out: string }> {
  const typedHere = command.replace(/^npx stale-stats /u, `"${execPath}" bin/stale-stats.js `);
  return new Promise((resolve) => {
    const child = execFile("sh", ["-c", typedHere], { cwd: clone }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, out: `${stdout}${stderr}` }),
    );
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** Each run of removed lines stands once in the file, and gives way to the run of added lines after it. */
function changed(text: string, diff: string): string {
  const parts = [...diff.matchAll(/((?:^-.*\n)+)((?:^\+.*\n)+)/gmu)];
  expect(parts.map(([part]) => part).join("")).toBe(diff);
  return parts.reduce((before, [, removed = "", added = ""]) => {
    const [from, to] = [removed, added].map((lines) => lines.replaceAll(/^[-+]/gmu, ""));
    expect(before.split(from ?? "").length).toBe(2);
    return before.replace(from ?? "", () => to ?? "");
  }, text);
}
