/** The checker's verdict on a folder of handlers, from the built command line: what a participant would be told. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Verdict } from "../src/vocabulary.ts";

/** Milliseconds; the checker ends by itself long before, on a busy machine too. */
const LIMIT = 180_000;

export type Told = Pick<Verdict, "verdict" | "stars" | "cause">;

/** Rejects when the command prints no verdict. */
export async function askChecker(about: {
  root: string;
  slug: string;
  folder: string;
  signal: AbortSignal;
}): Promise<Told> {
  const { root, slug, folder, signal } = about;
  const args = [join(root, "bin", "stale-stats.js"), "test-your-fix", slug, "--handlers", folder, "--json"];
  const { promise, resolve } = Promise.withResolvers<{ stdout: string; stderr: string; late: boolean }>();
  // Its exit code says fail as well as pass; what counts is the verdict it prints.
  const options = { signal, timeout: LIMIT, maxBuffer: 64 * 1024 * 1024 };
  execFile(process.execPath, args, options, (error, stdout, stderr) =>
    resolve({ stdout, stderr, late: error?.killed === true }),
  );
  const { stdout, stderr, late } = await promise;
  try {
    const { verdict, stars, cause } = JSON.parse(stdout) as Verdict;
    return { verdict, stars, cause };
  } catch (error) {
    const why = late ? "its time was up" : (stderr.trim().split("\n")[0] ?? "");
    throw new Error(`the checker gave no verdict: ${why}`, { cause: error });
  }
}
