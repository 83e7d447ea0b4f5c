/** Keeps a finished check in the workshop's progress. Prints nothing but why it could not. */
import { join } from "node:path";
import { progress } from "../workspace/index.ts";
import type { Io } from "./io.ts";
import { keepRecord } from "./keep-record.ts";
import { packageFacts } from "./package-facts.ts";

type Finished = Omit<Parameters<typeof progress.recordAttempt>[1], "milliseconds" | "version">;

/** `finished.at` is when the check began. */
export async function recordAttempt(finished: Finished, io: Pick<Io, "cwd" | "err" | "root">): Promise<void> {
  const { timing, scenario } = finished.verdict;
  const place = { home: join(io.cwd, "workshop"), slug: scenario };
  const { version } = packageFacts(io.root);
  const milliseconds = timing["total"] ?? 0;
  await keepRecord(io, () => progress.recordAttempt(place, { ...finished, milliseconds, version }));
}

/** What is known of a saved attempt; the working copy has nothing to say about itself. */
export function originOf(
  saved: { readonly name: string; readonly level: number | null; readonly assistant: string | null } | null,
): Pick<Finished, "attempt" | "promptLevel" | "assistant"> {
  if (saved === null) return { attempt: null };
  const { name, level, assistant } = saved;
  return {
    attempt: name,
    ...(level === null ? {} : { promptLevel: level }),
    ...(assistant === null ? {} : { assistant }),
  };
}
