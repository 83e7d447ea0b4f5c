/** What one check of the machine found. Types and the smallest ways to make one. */

export interface MachineFinding {
  /** Stable, for scripts. */
  readonly id: string;
  /** `limited`: something is missing that the workshop can do without. */
  readonly outcome: "ok" | "limited" | "failed" | "skipped";
  readonly found: string;
  /** What to do; null unless limited or failed. */
  readonly advice: string | null;
}

export function ok(id: string, found: string): MachineFinding {
  return { id, outcome: "ok", found, advice: null };
}

export function skipped(id: string, found: string): MachineFinding {
  return { id, outcome: "skipped", found, advice: null };
}

export function limited(id: string, found: string, advice: string): MachineFinding {
  return { id, outcome: "limited", found, advice };
}

export function failed(id: string, found: string, advice: string): MachineFinding {
  return { id, outcome: "failed", found, advice };
}

/** An error of Node, SQLite or the network, in one line. */
export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? "";
}
