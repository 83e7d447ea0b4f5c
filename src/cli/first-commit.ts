/**
 * Makes a participant's folder a repository of its own with the shipped files as first commit, so that editors show
 * what was changed. A convenience: where git is missing or says no, everything else works as well.
 */
import { spawn } from "node:child_process";
import type { Io } from "./io.ts";

/** Hooks, signing and names that a person has set up for their own work must not decide whether this works. */
const SETTINGS = [
  "core.hooksPath=.git/hooks",
  "commit.gpgsign=false",
  "user.name=stale-stats",
  "user.email=workshop@localhost",
];

/** True when this call made the commit; false when there was one, or when git would not. Never rejects. */
export async function makeFirstCommit(folder: string, env: Io["env"]): Promise<boolean> {
  const git = (...args: string[]): Promise<boolean> => succeeds({ args, folder, env: withoutGit(env) });
  if (!(await git("init", "--quiet", "--template="))) return false;
  if (await git("rev-parse", "--quiet", "--verify", "HEAD")) return false;
  return (await git("add", "--all")) && git("commit", "--quiet", "--message", "The handlers as shipped");
}

/** Inside a git hook these point at another repository, and the commit would land there. */
function withoutGit(env: Io["env"]): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
}

async function succeeds(call: { args: string[]; folder: string; env: Io["env"] }): Promise<boolean> {
  const args = [...SETTINGS.flatMap((setting) => ["-c", setting]), ...call.args];
  return new Promise((resolve) => {
    const child = spawn("git", args, { cwd: call.folder, env: call.env, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}
