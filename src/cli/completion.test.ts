/** Completion as shells ask for it, from the built package: by the words themselves, and through real shells. */
import { execFile } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { env, execPath } from "node:process";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const bin = join(root, "bin", "stale-stats.js");
const isRequired = env["REQUIRE_SERVICES"] === "1";
const BASH_COMPLETION = "/usr/share/bash-completion/bash_completion";

async function printed(file: string, args: readonly string[], path = env["PATH"]): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, { env: { ...env, PATH: path }, timeout: 20_000 });
  return stdout;
}

/** What a shell is offered, and the directive to it: 4 is "nothing else", 0 "files", 16 "folders", 1 "an error". */
async function offered(...words: string[]): Promise<{ words: string[]; directive: string | undefined }> {
  const lines = (await printed(execPath, [bin, "complete", "--", ...words])).trimEnd().split("\n");
  return { words: lines.slice(0, -1).map((line) => line.split("\t")[0] ?? ""), directive: lines.at(-1) };
}

test.each([
  [["rese"], ["reset"]],
  [["set"], ["setup-test-data", "setup"]],
  [["check", "--st"], ["--stars"]],
  [
    ["check", "--stars", ""],
    ["1", "2", "3"],
  ],
  [
    ["hint", "--rung="],
    ["1", "2", "3", "4", "5"],
  ],
  [["hint", "stale"], ["stale-statistics"]],
  [["show-reference", "--strategy", "guar"], ["guarded-delete"]],
  [["reference", "stale-statistics", "--strategy=double"], ["double-delete"]],
  [
    ["prompts", "--level", ""],
    ["0", "1", "2", "3", "4"],
  ],
  [
    ["attempt", ""],
    ["save", "list", "apply"],
  ],
  [["attempt", "save", "first", "--as"], ["--assistant"]],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["help", "lis"], ["list"]],
  [
    ["list", "--no-"],
    ["--no-color", "--no-emoji"],
  ],
  [["check", "--seed", ""], []],
  [["check", "--nothing-like-it"], []],
  [["reference", "no-such-scenario", "--strategy", "lea"], ["lease"]],
])("%j goes on with %j", async (words, expected) => {
  expect(await offered(...words)).toEqual({ words: expected, directive: ":4" });
});

test("paths are left to the shell", async () => {
  expect(await offered("report", "--out", "")).toEqual({ words: [], directive: ":0" });
  expect(await offered("check", "--handlers", "")).toEqual({ words: [], directive: ":16" });
});

test("attempts are offered by the names under which they were kept here", async () => {
  const here = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(here, { recursive: true, force: true }));
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(execPath, [bin, ...args], { cwd: here })).stdout;
  const apply = ["complete", "--", "attempt", "apply", ""];
  expect(await run(...apply)).toBe(":4\n");
  await run("setup-test-data");
  await run("attempt", "save", "level-1");
  await run("attempt", "save", "first-try");
  expect(await run(...apply)).toBe("level-1\t\nfirst-try\t\n:4\n");
  expect(await run("complete", "--", "check", "--attempt", "fi")).toBe("first-try\t\n:4\n");
  const lessons = readdirSync(join(root, "scenarios")).map((slug) => `${slug}\t\n`);
  expect(await run("complete", "--", "attempt", "apply", "level-1", "")).toBe(`${lessons.join("")}:4\n`);
});

test("every command of the table is offered, and none of its hidden options", async () => {
  const help = await printed(execPath, [bin, "--help"]);
  const listed = [...help.matchAll(/^ {2}([a-z][a-z-]+)(?:, [a-z]+)? /gmu)].map((found) => found[1]);
  const { words } = await offered("");
  expect(listed.length).toBeGreaterThan(10);
  expect(listed.filter((name) => name !== "npx" && !words.includes(name ?? ""))).toEqual([]);
});

test("a press of Tab loads neither the command line's library nor a scenario it does not need", () => {
  const chunks = new Set<string>();
  const follow = (file: string): void => {
    if (chunks.has(file)) return;
    chunks.add(file);
    const text = readFileSync(join(root, "dist", file), "utf8");
    for (const [, chunk] of text.matchAll(/from "\.\/(?:chunks\/)?([^"]+)"/gu)) follow(`chunks/${chunk}`);
  };
  follow("complete.js");
  const text = [...chunks].map((file) => readFileSync(join(root, "dist", file), "utf8")).join("\n");
  expect(globSync("dist/chunks/*.js", { cwd: root }).length).toBeGreaterThan(chunks.size);
  expect(text).toContain("node_modules/@bomb.sh/tab");
  expect(text).not.toMatch(/node_modules\/(?:commander|chalk|marked)\b/u);
});

test.each(["powershell", "", "bash zsh"])("completion %j is a usage error", async (shell) => {
  await expect(printed(execPath, [bin, "completion", ...shell.split(" ")])).rejects.toMatchObject({ code: 2 });
});

/** A folder with `stale-stats` in it, and the shell's script beside it. */
async function installed(shell: string): Promise<{ script: string; path: string }> {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "stale-stats"), `#!/bin/sh\nexec "${execPath}" "${bin}" "$@"\n`, { mode: 0o755 });
  const path = [folder, env["PATH"]].join(delimiter);
  const script = join(folder, `script.${shell}`);
  writeFileSync(script, await printed(join(folder, "stale-stats"), ["completion", shell], path));
  return { script, path };
}

function has(shell: string): boolean {
  return (env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, shell)));
}

const canAskBash = has("bash") && existsSync(BASH_COMPLETION);

describe.skipIf(!canAskBash && !isRequired)("bash (install bash and bash-completion to run this)", () => {
  test.each([
    [["check", "--st"], "--stars"],
    [["hint", "sta"], "stale-statistics"],
    [["reference", "--strategy", "guar"], "guarded-delete"],
  ])("completes %j with %s", async (words, expected) => {
    const { script, path } = await installed("bash");
    const line = ["stale-stats", ...words].join(" ");
    const quoted = ["stale-stats", ...words].map((word) => `'${word}'`).join(" ");
    const asked = `source ${BASH_COMPLETION}; source ${script}; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length};
      COMP_LINE='${line}'; COMP_POINT=${line.length}; function="$(complete -p stale-stats | sed 's/.*-F \\([^ ]*\\).*/\\1/')";
      $function; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(await printed("bash", ["--noprofile", "--norc", "-c", asked], path)).toBe(`${expected}\n`);
  });
});

describe.skipIf(!has("fish") && !isRequired)("fish (install fish to run this)", () => {
  test.each([
    ["check --st", "--stars\tdemand this many stars"],
    ["hint sta", "stale-statistics"],
  ])("completes %j with %j", async (line, expected) => {
    const { script, path } = await installed("fish");
    const asked = `source ${script}; complete --do-complete "stale-stats ${line}"`;
    expect(await printed("fish", ["--no-config", "-c", asked], path)).toBe(`${expected}\n`);
  });
});

describe.skipIf(!has("zsh") && !isRequired)("zsh (install zsh to run this)", () => {
  test.each([
    ["check --thor", "--thorough"],
    ["hint sta", "stale-statistics"],
  ])("completes %j with %s", async (line, expected) => {
    const { script, path } = await installed("zsh");
    // A shell in a terminal of its own: Tab is pressed, and what it types is read.
    const asked = `zmodload zsh/zpty; zpty shell "zsh -f -i";
      zpty -w shell 'autoload -U compinit; compinit -u -D; source ${script}; print RE""ADY'; zpty -r shell out '*READY*';
      zpty -w -n shell $'stale-stats ${line}\\t'; zpty -r shell out '*${expected}*' && print -r -- completed; zpty -d shell`;
    expect(await printed("zsh", ["-f", "-c", asked], path)).toBe("completed\n");
  });
});
