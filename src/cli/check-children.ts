/** Starts the processes of a check. Knows where their entries lie, in a clone and in an installed package. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type HandlerProcess, startHandlerProcess } from "../runner/index.ts";

export function startProcess(root: string, name: "explore" | "judge" | "confirm"): HandlerProcess {
  const source = import.meta.url.endsWith(".ts");
  const entry = source ? join(import.meta.dirname, `${name}-process.ts`) : join(root, "dist", `${name}-process.js`);
  const product = source ? join(import.meta.dirname, "../..") : root;
  const explores = name === "explore";
  const confirms = name === "confirm";
  return startHandlerProcess({
    entry,
    mayRead: [...new Set([...readable(product), root])],
    addons: explores,
    trusted: name === "judge",
    sharesGroup: confirms, // started by the judge: nobody else knows that they are there
    env: confirms ? bareEnvironment() : usualEnvironment(),
  });
}

/** Says where the workshop lies, or is a channel of our own. */
const PRIVATE = /^(?:PWD|OLDPWD|INIT_CWD|_|NODE_.*|npm_.*|VITEST.*)$/iu;

/**
 * The process that explores sees what a service started by this person would see; those that confirm see nothing.
 * A fix that is right only with, or only without, some variable is wrong in one of the two.
 */
function usualEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !PRIVATE.test(name)));
}

/** Windows starts no program without its root folder. */
function bareEnvironment(): Record<string, string | undefined> {
  return process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {};
}

/** The product, its packages, and the throwaway folders that handlers are copied to. */
function readable(root: string): string[] {
  const folders = [root, join(tmpdir(), "stale-stats-*")];
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, "node_modules");
    if (existsSync(packages)) folders.push(packages);
  }
  return folders;
}
