/** What a process that runs handlers finds in its environment. */
import type { Io } from "./io.ts";

/** Handlers get what programs need to run, and nothing that would tell them who runs them. */
export function childEnvironment(env: Io["env"]): Record<string, string | undefined> {
  const names = ["PATH", "Path", "SystemRoot", "TEMP", "TMP", "TMPDIR", "TZ", "LANG"];
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}
