/** The built package where its own parts are linked, missing or broken: never a word against the handlers. Needs a build. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { failedStartError } from "./failed-start.ts";

const root = join(import.meta.dirname, "..", "..");
const lesson = join("scenarios", "stale-statistics");
const ACCESS_DENIED = `node:internal/modules/cjs/loader:166

Error: Access to this API has been restricted. {
  code: 'ERR_ACCESS_DENIED',
  permission: 'FileSystemRead',
  resource: '/srv/store/keyv/index.js'
}
`;

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let packed: string;

/** What an installed package holds, its packages apart. */
beforeAll(() => {
  packed = mkdtempSync(join(tmpdir(), "stale-stats-packed-"));
  for (const part of ["bin", "dist", "package.json"]) cpSync(join(root, part), join(packed, part), { recursive: true });
  for (const part of ["hints.md", "starter", "accepted"])
    cpSync(join(root, lesson, part), join(packed, lesson, part), { recursive: true });
  return () => rmSync(packed, { recursive: true, force: true });
});

test("a node_modules that is a link is followed", { timeout: 20_000 }, async () => {
  const home = install();
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"), "junction");
  expect(await verdictOn(home)).toMatchObject({ verdict: "pass", stars: 2 });
});

test("packages that are links, one by one, into a store are followed", { timeout: 20_000 }, async () => {
  const home = install();
  mkdirSync(join(home, "node_modules"));
  for (const name of ["better-sqlite3", "hono", "keyv"])
    symlinkSync(join(root, "node_modules", name), join(home, "node_modules", name), "junction");
  expect(await verdictOn(home)).toMatchObject({ verdict: "pass", stars: 2 });
});

test("a folder for temporary files that is a link is followed", { timeout: 20_000 }, async () => {
  const real = newFolder();
  const link = join(newFolder(), "tmp");
  symlinkSync(real, link, "junction");
  const home = install();
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"), "junction");
  expect(await verdictOn(home, { TMPDIR: link, TEMP: link, TMP: link })).toMatchObject({ verdict: "pass", stars: 2 });
});

test.each(["explore", "judge", "confirm"])(
  "a process that cannot start (%s) is not the handlers' fault",
  async (name) => {
    const home = install();
    symlinkSync(join(root, "node_modules"), join(home, "node_modules"), "junction");
    writeFileSync(join(home, "dist", `${name}-process.js`), 'throw new Error("half a file");');
    const { code, out } = await check(home, ["--json"]);
    expect(code).toBe(6);
    const verdict = JSON.parse(out) as Verdict;
    expect(verdict).toMatchObject({ verdict: "broken-environment", stars: 0, cause: null, fault: null });
    expect(verdict.message).toContain("half a file");
  },
);

test("a package that is missing is told in words", async () => {
  const { code, out, err } = await check(install());
  expect({ code, out }).toEqual({ code: 6, out: "" });
  expect(err).toContain("better-sqlite3");
  expect(err).toContain("npm install");
  expect(err).not.toContain("    at ");
});

test("a story whose process cannot start does not blame the handlers either", async () => {
  const home = install();
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"), "junction");
  writeFileSync(join(home, "dist", "live-process.js"), 'throw new Error("half a file");');
  await start(home, ["setup"]);
  const { code, out, err } = await start(home, ["demo"]);
  expect(code).toBe(6);
  expect(err).toContain("half a file");
  expect(out).not.toContain("handlers do not work");
});

test("a refusal of Node's permission model names the file", () => {
  const { message } = failedStartError({ reason: "exited", code: 1, signal: null, stderr: ACCESS_DENIED });
  expect(message).toMatch(/ended with code 1 .*: Access to this API .*\(\/srv\/store\/keyv\/index\.js\)$/u);
});

/** A copy of the package and, beside it, handlers that pass. */
function install(): string {
  const home = newFolder();
  cpSync(packed, home, { recursive: true });
  for (const part of ["starter", "accepted/delete-after-write"])
    cpSync(join(root, lesson, part), join(home, "handlers"), { recursive: true });
  return home;
}

async function verdictOn(home: string, env: Record<string, string> = {}): Promise<Verdict> {
  return JSON.parse((await check(home, ["--json"], env)).out) as Verdict;
}

function check(home: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ending> {
  return start(home, ["test-your-fix", "--handlers", "handlers", ...args], env);
}

async function start(home: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ending> {
  const child = spawn(execPath, [join(home, "bin", "stale-stats.js"), ...args], {
    cwd: home,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => void (texts.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (texts.err += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, ...texts }));
  });
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
