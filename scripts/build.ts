/**
 * Builds `dist/`: one bundled JavaScript file per entry with shared chunks beside them, the page that is served, and the
 * declarations of what "stale-stats" exports. `--if-stale` builds only when a source is newer than the last build.
 * Safe to run while another build or a command reads `dist/`: files are put in place whole, by renaming.
 */
import { execFile } from "node:child_process";
import { globSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { build, type OutputFile } from "esbuild";
import { type BuiltFile, bundlePage } from "./build-page.ts";

const root = join(import.meta.dirname, "..");
const stamp = join(root, "dist", ".built");

/** Everything that decides what a build contains. Folders count too: their time changes when a file is removed. */
const SOURCES = [
  "src/**",
  "scenarios/*",
  "scenarios/*/*.ts",
  "scripts/build.ts",
  "scripts/build-page.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Packages written for CommonJS ask for Node's own modules by `require`, which a module has to make for itself. */
const REQUIRE = `import { createRequire as makeRequire } from "node:module";\nconst require = makeRequire(import.meta.url);\n`;

if (!process.argv.includes("--if-stale") || isStale()) {
  await buildAll().catch((error: unknown) => {
    // The bundler and the compiler have said what is wrong; a stack of ours would only bury it.
    if (!(error instanceof Error && ("errors" in error || "stdout" in error))) throw error;
    process.exitCode = 1;
  });
}

async function buildAll(): Promise<void> {
  const startedAt = new Date();
  const [bundles, page] = await Promise.all([bundle(), bundlePage(root), declareTypes()]);
  const outputs = [...bundles.map(withRequire), ...page];
  // Chunks and assets before the entries and documents that ask for them.
  for (const output of outputs.toSorted((a, b) => rank(a) - rank(b))) putInPlace(output);
  removeLeftovers(outputs, startedAt);
  writeFileSync(stamp, "");
  // The build is as new as its start: a source that changes meanwhile makes it stale.
  utimesSync(stamp, startedAt, startedAt);
}

function isStale(): boolean {
  const built = changedAt(stamp);
  return globSync(SOURCES, { cwd: root }).some((source) => changedAt(join(root, source)) > built);
}

/** Milliseconds since the epoch; 0 for a file that is not there. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function bundle(): Promise<readonly OutputFile[]> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries(),
    outdir: "dist",
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22.18",
    chunkNames: "chunks/[name]-[hash]",
    // Ships machine code beside its JavaScript, so it must stay a package of its own.
    external: ["better-sqlite3"],
    logLevel: "warning",
  });
  return result.outputFiles;
}

/** Entries that a checkout does not have are not built: a scenario or a process can be added by adding its file. */
function entries(): { in: string; out: string }[] {
  return [
    ...found("src/cli/main.ts", () => "cli"),
    ...found("src/cli/complete.ts", () => "complete"),
    ...found("src/cli/*-process.ts", (file) => basename(file, ".ts")),
    ...found("src/kit/index.ts", () => "kit"),
    ...found("scenarios/*/scenario.ts", (file) => `scenarios/${basename(dirname(file))}`),
  ];
}

function found(pattern: string, out: (file: string) => string): { in: string; out: string }[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map((file) => ({ in: file, out: out(file) }));
}

function rank({ path }: BuiltFile): number {
  return ["chunks", "assets"].includes(basename(dirname(path))) ? 0 : 1;
}

function withRequire({ path, text, contents }: OutputFile): BuiltFile {
  return { path, contents: /\b__require\b/.test(text) ? new TextEncoder().encode(`${REQUIRE}${text}`) : contents };
}

function putInPlace({ path, contents }: BuiltFile): void {
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

/** Files of earlier builds go; those of a build that started after this one stay. */
function removeLeftovers(outputs: readonly BuiltFile[], startedAt: Date): void {
  const kept = new Set(outputs.map((output) => relative(root, output.path)));
  const stale = globSync(["dist/**/*.js", "dist/page/**/*.*"], { cwd: root }).filter((file) => !kept.has(file));
  for (const file of stale) {
    if (changedAt(join(root, file)) < startedAt.getTime()) rmSync(join(root, file), { force: true });
  }
}

async function declareTypes(): Promise<void> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [compiler, "--project", "scripts/declarations.json"], { cwd: root });
  } catch (error) {
    // The compiler writes its complaints to standard output, which the error carries.
    if (error instanceof Error && "stdout" in error) process.stdout.write(String(error.stdout));
    throw error;
  }
}
