/** What handlers may not bring into the process: whatever reaches files, other processes, the network or the engine. */

const FORBIDDEN =
  /^(?:node:)?(?:better-sqlite3|child_process|cluster|dgram|dns|fs|http2?|https|inspector|module|net|process|repl|sqlite|tls|v8|vm|wasi|worker_threads)(?:\/|$)/u;

export class ForbiddenImport extends Error {
  override readonly name = "ForbiddenImport";
}

/** Why this specifier is refused, or null. */
export function importRefusal(specifier: string): string | null {
  return FORBIDDEN.test(specifier) ? `A handler may not import ${specifier}: it gets what it needs from c.var` : null;
}
