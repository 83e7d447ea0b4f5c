/** One of those who take part in a run: what is asked for, and of which instance. Types only. */
import type { ExternalWrite, RequestRecord, RequestRef, RequestSpec } from "../vocabulary.ts";

export interface Player {
  readonly ref: RequestRef;
  readonly instance: 0 | 1;
  readonly role: RequestRecord["role"];
  readonly method: string;
  readonly spec: RequestSpec;
  /** Another program that writes: it has no handler, and arrives, commits and is gone in one step. */
  readonly external: ExternalWrite | null;
  readonly probe: boolean;
}
