/**
 * Makes the real Io of this process, once per call of `main`. Takes the arguments only for the two switches that
 * decide how help and errors themselves look; knows no command.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Io } from "./io.ts";
import { showsColor, showsEmoji } from "./terminal.ts";

export function processIo(argv: readonly string[], interrupted: AbortSignal): Io {
  const { env, stdout, stderr } = process;
  const depth = stdout.isTTY ? stdout.getColorDepth() : undefined;
  return {
    out: writer(stdout),
    err: writer(stderr),
    color: showsColor({ env, depth, refused: argv.includes("--no-color") }),
    emoji: showsEmoji({ env, platform: process.platform, refused: argv.includes("--no-emoji") }),
    width: stdout.isTTY && stdout.columns > 0 ? stdout.columns : 80,
    interactive:
      [process.stdin, stdout].every(({ isTTY }) => isTTY) && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb",
    root: packageRoot(),
    cwd: process.cwd(),
    env,
    interrupted,
  };
}

/** What a stream says whose reader is gone: a pipe that was closed, a terminal that was. */
const NOBODY_READS: ReadonlySet<string | undefined> = new Set(["EPIPE", "EIO"]);

/** A reader that has seen enough (`| head`) goes: the rest is dropped and the exit code stays the command's own. */
function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!NOBODY_READS.has(error.code)) throw error;
    open = false;
  });
  return (text) => {
    if (open) stream.write(text);
  };
}

/** The nearest folder above this file with a package.json: the same from `src/cli`, from `dist` and from a chunk. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
