/** Every cause that a manifest may declare, as values: the vocabulary holds types only. */
import type { Cause } from "../vocabulary.ts";

/** The compiler refuses this table when a cause of the vocabulary is missing from it or unknown there. */
const EVERY_CAUSE: Readonly<Record<Cause, true>> = {
  "never-invalidated": true,
  "only-some-requests": true,
  "dependent-view-forgotten": true,
  "external-write-unseen": true,
  "invalidation-lost-in-crash": true,
  "staleness-unbounded": true,
  "wrong-key": true,
  "key-not-unique": true,
  "etag-unchanged": true,
  "invalidated-before-write": true,
  "invalidated-before-commit": true,
  "delete-not-awaited": true,
  "cleared-everything": true,
  "cache-bypassed": true,
  "ttl-shortened": true,
  "value-patched": true,
  "write-through-race": true,
  "stale-set-race": true,
  "module-state": true,
  "response-hard-coded": true,
  "write-not-recorded": true,
  "contract-changed": true,
  "outage-not-tolerated": true,
  "syntax-error": true,
  "export-missing": true,
  "undefined-name": true,
  "handler-threw": true,
  "process-exited": true,
  "never-answers": true,
  "endless-loop": true,
  "out-of-memory": true,
  "output-flood": true,
  "globals-patched": true,
  "forbidden-import": true,
  nondeterministic: true,
  unexplained: true,
};

export const CAUSES: readonly string[] = Object.keys(EVERY_CAUSE);
