/** What a process that runs handlers finds in its environment. */
import type { Io } from "./io.ts";

/** Handlers get what programs need to run, and nothing that would tell them who runs them. */
export function childEnvironment(env: Io["env"]): Record<string, string | undefined> {
  // The last: a Redis may be secured by an authority of its own.
  const names = ["PATH", "Path", "SystemRoot", "TEMP", "TMP", "TMPDIR", "TZ", "LANG", "NODE_EXTRA_CA_CERTS"];
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}
