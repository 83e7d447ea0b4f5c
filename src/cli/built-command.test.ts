/** The command as people start it, from the built package: exit codes, broken pipes, Ctrl-C, old Nodes. Needs a build. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const bin = join(root, "bin", "stale-stats.js");
const lesson = "stale-statistics";

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

test("prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(await stale("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("without arguments it shows the commands", async () => {
  const { code, out } = await stale();
  expect(code).toBe(0);
  expect(out).toContain("setup-test-data, setup");
});

test.each([
  [["setpu"], 2, "Did you mean setup?"],
  [["setup", "stale-statistic"], 2, 'Did you mean "stale-statistics"?'],
  [["setup", "--downlods", "3"], 2, "Did you mean --downloads?"],
  [["setup", "--downloads", "many"], 2, "whole number"],
  [["demo"], 6, "Run: npx stale-stats setup-test-data stale-statistics"],
])("%o exits %i and says: %s", async (args, code, told) => {
  const ending = await stale(...args);
  expect(ending).toMatchObject({ code, out: "" });
  expect(ending.err.replaceAll(/\s+/gu, " ")).toContain(told);
  expect(ending.err).not.toContain("    at ");
});

test("a file in place of the workshop folder is said in words", async () => {
  const cwd = newFolder();
  writeFileSync(join(cwd, "workshop"), "");
  const { code, err } = await ended(start({ cwd, args: ["setup"] }));
  expect(code).toBe(6);
  expect(err).toContain("a file is in the way");
});

test("two set-ups at the same time both end in words, and at least one of them works", async () => {
  const cwd = newFolder();
  const endings = await Promise.all(
    [1, 2].map(async () => ended(start({ cwd, args: ["setup", "--downloads", "50000"] }))),
  );
  const refused = endings.filter(({ code }) => code !== 0);
  expect(refused.length).toBeLessThan(2);
  expect(refused.every(({ code, err }) => code === 6 && err.includes("Another set-up"))).toBe(true);
});

test("a reader that stops reading does no harm", async () => {
  const child = start({ cwd: newFolder(), args: ["--help"] });
  child.stdout?.destroy();
  expect(await ended(child)).toMatchObject({ code: 0, err: "" });
});

test("Ctrl-C in a long set-up tidies up and exits 130", async () => {
  const cwd = newFolder();
  const data = join(cwd, "workshop", lesson, ".stale-stats");
  mkdirSync(data, { recursive: true });
  const child = start({ cwd, args: ["setup", "--downloads", "50000000"] });
  await appearance(data, "workshop.db.new");
  child.kill("SIGINT");
  expect(await ended(child)).toMatchObject({ code: 130, out: "" });
  expect(readdirSync(data)).toEqual(["set-up.lock"]);
});

test("an old Node is told what to do, in one line", async () => {
  const old = `Object.defineProperty(process.versions, "node", { value: "22.17.9" }); require(${JSON.stringify(bin)});`;
  const { code, err } = await ended(spawn(execPath, ["-e", old]));
  expect(code).toBe(6);
  expect(err).toMatch(/^stale-stats needs Node 22\.18 or newer, this is 22\.17\.9: .*\n$/);
});

test("a clone that is not built is told what to do, in one line", async () => {
  const clone = newFolder();
  cpSync(join(root, "bin"), join(clone, "bin"), { recursive: true });
  cpSync(join(root, "package.json"), join(clone, "package.json"));
  const { code, err } = await ended(spawn(execPath, [join(clone, "bin", "stale-stats.js"), "setup"]));
  expect(code).toBe(6);
  expect(err).toMatch(/^stale-stats is not built yet: run `npm run build` in .*\n$/);
});

test("a bug of ours ends with its stack, a request to report it, and 70", async () => {
  const broken = newFolder();
  for (const part of ["bin", "dist"]) cpSync(join(root, part), join(broken, part), { recursive: true });
  writeFileSync(join(broken, "package.json"), '{ "type": "module" }');
  const { code, err } = await ended(spawn(execPath, [join(broken, "bin", "stale-stats.js"), "setup"]));
  expect(code).toBe(70);
  expect(err).toContain("    at ");
  expect(err).toContain("Please report it");
});

test("an editor finds the types of stale-stats from the participant's folder", async () => {
  const cwd = newFolder();
  await ended(start({ cwd, args: ["setup"] }));
  const folder = join(cwd, "workshop", lesson);
  const check = async (): Promise<Ending> =>
    ended(spawn(execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "--project", folder]));
  expect(await check()).toEqual({ code: 0, out: "", err: "" });
  const handler = join(folder, "downloads.ts");
  writeFileSync(handler, readFileSync(handler, "utf8").replace("c.var;", "c.var; const key: number = c.req.method;"));
  expect((await check()).out).toContain("TS2322");
});

test.skipIf(process.platform !== "linux")("report --open hands the page to the system's browser", async () => {
  const [cwd, tools] = [newFolder(), newFolder()];
  const script = `#!/bin/sh\nprintf %s "$1" > ${tools}/new && mv ${tools}/new ${tools}/opened\n`;
  writeFileSync(join(tools, "xdg-open"), script, { mode: 0o755 });
  const seen = appearance(tools, "opened");
  const env = { ...process.env, PATH: `${tools}:${process.env["PATH"]}` };
  expect(await ended(start({ cwd, args: ["report", "--open"], env }))).toMatchObject({ code: 0, err: "" });
  await seen;
  expect(readFileSync(join(tools, "opened"), "utf8")).toBe(pathToFileURL(join(cwd, "stale-stats-report.html")).href);
});

test.skipIf(process.platform !== "linux")(
  "report --open where there is no browser says where the page is",
  async () => {
    const cwd = newFolder();
    const { code, err } = await ended(start({ cwd, args: ["report", "--open"], env: { PATH: cwd } }));
    expect(code).toBe(0);
    expect(err).toMatch(
      /^note {2}No browser could be started here\. Open it yourself: file:.*\/stale-stats-report\.html\n$/u,
    );
  },
);

async function stale(...args: string[]): Promise<Ending> {
  return ended(start({ cwd: newFolder(), args }));
}

function start({ cwd, args, env }: { cwd: string; args: readonly string[]; env?: NodeJS.ProcessEnv }): ChildProcess {
  return spawn(execPath, [bin, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"], env: env ?? process.env });
}

async function ended(child: ChildProcess): Promise<Ending> {
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => void (texts.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => void (texts.err += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, ...texts }));
  });
}

async function appearance(folder: string, name: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const watcher = watch(folder, () => {
    if (existsSync(join(folder, name))) resolve(undefined);
  });
  await promise;
  watcher.close();
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
