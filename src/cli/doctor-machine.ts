/** What can be told of a machine without trying anything in a folder: Node, the terminal, the clipboard. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { failed, limited, type MachineFinding, ok, skipped } from "./doctor-finding.ts";
import type { Io } from "./io.ts";

/** `needed` as in package.json, e.g. `>=22.18`; `version` as `process.versions.node` gives it. */
export function checkNode(version: string, needed: string): MachineFinding {
  const wanted = needed.replace(/^>=\s*/u, "");
  if (isAtLeast(version, wanted)) return ok("node", version);
  return failed("node", `${version} is too old`, `Install Node ${wanted} or newer.`);
}

function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

export function checkTerminal(io: Pick<Io, "color" | "env" | "interactive" | "width">): MachineFinding {
  if (!io.interactive) return skipped("terminal", "none here: texts are printed without one, 80 columns wide");
  const seen = `${io.width} columns, ${io.color ? "colour" : "no colour"}`;
  if (io.width < 80) return limited("terminal", seen, "Make it 80 columns wide: the stories are told side by side.");
  if (!io.color && (io.env["NO_COLOR"] ?? "") !== "")
    return limited(
      "terminal",
      `${seen} (NO_COLOR is set)`,
      "Unset NO_COLOR if you want colour; all reads well without.",
    );
  return ok("terminal", seen);
}

interface Tool {
  readonly command: string;
  /** A variable of the environment without which it has nothing to talk to. */
  readonly needs?: string;
}

const LINUX: readonly Tool[] = [
  { command: "wl-copy", needs: "WAYLAND_DISPLAY" },
  { command: "xclip", needs: "DISPLAY" },
  { command: "xsel", needs: "DISPLAY" },
  { command: "clip.exe" },
];

/** Looks for the tool and does not use it: what lies in the clipboard is the person's own. */
export function checkClipboard(env: Io["env"], platform: string): MachineFinding {
  if (platform === "darwin" || platform === "win32") return ok("clipboard", "part of the system");
  const found = LINUX.find(({ command, needs }) => isSet(env, needs) && isOnPath(env, command));
  if (found) return ok("clipboard", found.command);
  const advice = ["WAYLAND_DISPLAY", "DISPLAY"].some((name) => isSet(env, name))
    ? "Install wl-clipboard, xclip or xsel, or copy from the screen."
    : "There is no display here: copy from the screen.";
  return limited("clipboard", "no tool for it", advice);
}

function isSet(env: Io["env"], name: string | undefined): boolean {
  return name === undefined || (env[name] ?? "") !== "";
}

function isOnPath(env: Io["env"], command: string): boolean {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => existsSync(join(folder, command)));
}
