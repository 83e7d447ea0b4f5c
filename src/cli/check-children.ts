/** Starts the processes of a check. Knows where their entries lie, in a clone and in an installed package. */
import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { type HandlerProcess, startHandlerProcess } from "../runner/index.ts";
import type { ExploreMessage } from "./explore-message.ts";
import { packageFacts } from "./package-facts.ts";

/** How a process of ours ended. */
export type Ending = Awaited<HandlerProcess["ended"]>;

export interface CheckEnding extends Ending {
  /** It said something before it ended. Each says its first word before it loads a handler. */
  readonly cameUp: boolean;
  /** It had loaded the handlers, or holds none. */
  readonly loaded: boolean;
}

export interface CheckProcess extends HandlerProcess {
  readonly ended: Promise<CheckEnding>;
}

/** `givesWay`: whoever waits is waiting for another process. */
export function startProcess(
  root: string,
  name: "explore" | "judge" | "confirm",
  { givesWay = false }: { givesWay?: boolean } = {},
): CheckProcess {
  const source = import.meta.url.endsWith(".ts");
  const entry = source ? join(import.meta.dirname, `${name}-process.ts`) : join(root, "dist", `${name}-process.js`);
  const tool = source ? join(import.meta.dirname, "../..") : root;
  const explores = name === "explore";
  const confirms = name === "confirm";
  const started = startHandlerProcess({
    entry,
    mayRead: readable(tool, root),
    addons: explores,
    trusted: name === "judge",
    givesWay,
    sharesGroup: confirms, // started by the judge: nobody else knows that they are there
    env: confirms ? bareEnvironment() : usualEnvironment(),
  });
  return withFirstWords(started, name === "judge");
}

/** Said once the handlers are loaded, by the process that explores and by those that confirm. */
const LOADED: ReadonlySet<unknown> = new Set<(ExploreMessage | { kind: "loaded" })["kind"]>(["ready", "loaded"]);

function withFirstWords(started: HandlerProcess, holdsNone: boolean): CheckProcess {
  let cameUp = false;
  let loaded = holdsNone;
  started.onMessage((message) => {
    cameUp = true;
    loaded ||= LOADED.has((message as { kind?: unknown } | null)?.kind);
  });
  return {
    send: (message) => started.send(message),
    onMessage: (listener) => started.onMessage(listener),
    expectWord: (within) => started.expectWord(within),
    ended: started.ended.then((ending) => ({ ...ending, cameUp, loaded })),
    stop: () => started.stop(),
  };
}

/** Says where the workshop lies, or is a channel of our own. */
const PRIVATE = /^(?:PWD|OLDPWD|INIT_CWD|_|NODE_.*|npm_.*|VITEST.*)$/iu;

/**
 * The process that explores sees what a service started by this person would see, but in universal time, which is the
 * same on every machine; those that confirm see nothing, and another time zone. A fix that is right only with, or only
 * without, some variable is wrong in one of the two.
 */
function usualEnvironment(): Record<string, string | undefined> {
  const shown = Object.entries(process.env).filter(([name]) => !PRIVATE.test(name));
  return { ...Object.fromEntries(shown), TZ: "UTC" };
}

/** Windows starts no program without its root folder. */
function bareEnvironment(): Record<string, string | undefined> {
  const root = process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {};
  return { ...root, TZ: "Asia/Kolkata" };
}

/**
 * The tool, its packages, and the throwaway folders that handlers are copied to. Node asks for permission under the
 * name that a file was asked by, and under the name that it really has: where a link leads counts as well.
 */
function readable(tool: string, root: string): string[] {
  const packages = foldersAbove(tool)
    .map((folder) => join(folder, "node_modules"))
    .filter((folder) => existsSync(folder));
  const { dependencies } = packageFacts(root);
  const linked = packages.flatMap((folder) => homesOf(dependencies, folder));
  const named = [tool, root, ...packages, ...linked];
  const throwaway = [tmpdir(), realpathSync(tmpdir())].map((folder) => join(folder, "stale-stats-*"));
  return [...new Set([...named, ...named.map((folder) => realpathSync(folder)), ...throwaway])];
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

/** Some installers link single packages into `node_modules` from a store that holds what those need beside them. */
function homesOf(dependencies: Readonly<Record<string, string>>, packages: string): string[] {
  return Object.keys(dependencies)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(folder))
    .map((folder) => storeOf(realpathSync(folder)));
}

function storeOf(folder: string): string {
  const end = folder.lastIndexOf(`${sep}node_modules${sep}`);
  return end < 0 ? folder : folder.slice(0, end + `${sep}node_modules`.length);
}
