/**
 * All of `npm test`: builds, then checks format, lint, types and unused code side by side, then runs the tests and
 * has every scenario proved. Prints one line per check and what a failed one said; the last lines repeat the tests
 * that failed and count all. Exits 1 if anything failed. Expects npm's PATH, in which the tools are found by name.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";

interface Check {
  readonly name: string;
  readonly command: string;
}

const STATIC: readonly Check[] = [
  { name: "format", command: "oxfmt --check" },
  { name: "lint", command: "oxlint" },
  { name: "types", command: "tsc --project . && tsc --project src/page" },
  { name: "unused code", command: "knip --no-progress" },
];

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
const results = join(scratch, "vitest.json");

try {
  process.exitCode = (await runEverything()) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function runEverything(): Promise<boolean> {
  if (!(await quietly({ name: "build", command: "node scripts/build.ts" }))) return false;
  const clean = await Promise.all(STATIC.map(quietly));
  const tested = await aloud(
    `vitest run --reporter=default --reporter=json --outputFile.json=${JSON.stringify(results)}`,
  );
  // The proof of the scenarios, and of the checker: what is right passes, what is wrong fails as it says, and each part
  // of the checker that is switched off is missed.
  const proved = await aloud("node bin/stale-stats.js verify --mutate");
  console.log(testTotals());
  return clean.every(Boolean) && tested && proved;
}

/** Shows what the check said only when it failed: several run at once and would talk across each other. */
async function quietly(check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(check.command, { cwd: root, shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"}  ${check.name} (${seconds} s)`);
  if (code !== 0) console.log(`${output}${errors}`);
  return code === 0;
}

async function aloud(command: string): Promise<boolean> {
  return (await exitOf(spawn(command, { cwd: root, shell: true, stdio: "inherit" }))) === 0;
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject);
  child.on("close", resolve);
  return promise;
}

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    /** Said of a file that could not be loaded. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The failures once more, at the end: a long output is read from there, and may have lost its middle. */
function testTotals(): string {
  try {
    const { numPassedTests, numFailedTests, testResults }: Results = JSON.parse(readFileSync(results, "utf8"));
    const failures = testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message === "" ? [] : [`FAILED  ${relative(root, name)}\n${message}`]),
      ...assertionResults
        .filter(({ status }) => status === "failed")
        .map((failed) => `FAILED  ${relative(root, name)}: ${failed.fullName}\n${failed.failureMessages.join("\n")}`),
    ]);
    return [...failures, `${numPassedTests} passed, ${numFailedTests} failed`].join("\n");
  } catch {
    return "The tests did not finish: there are no results to count.";
  }
}
