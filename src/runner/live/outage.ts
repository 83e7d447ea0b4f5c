/**
 * The ways in which a live cache can fail, switched on and off while it serves; the same ones that checks know.
 * Takes an operation and how it would be done; knows neither keys nor values.
 */
import type { CacheOperation, ControlOrder } from "../../vocabulary.ts";

export type OutageKind = NonNullable<Extract<ControlOrder, { kind: "outage" }>["fault"]>;

export interface Outage {
  readonly kind: OutageKind | null;
  /** null ends it: operations that hang are done then. */
  switch(kind: OutageKind | null): void;
  /** Resolves once operations do not hang, at once when they do not now. */
  passed(): Promise<void> | null;
}

export const UNREACHABLE = "The cache is not reachable";

export function createOutage(): Outage {
  let kind: OutageKind | null = null;
  let over: PromiseWithResolvers<void> | null = null;
  return {
    get kind() {
      return kind;
    },
    switch: (next) => {
      kind = next;
      if (next === "hang") over ??= Promise.withResolvers<void>();
      else {
        over?.resolve();
        over = null;
      }
    },
    passed: () => over?.promise ?? null,
  };
}

/** What an operation is answered that reaches nothing: an empty cache that forgets, or one that refuses. */
export function emptyAnswer(kind: "miss" | "false", operation: CacheOperation): unknown {
  return operation === "get" ? undefined : kind === "miss";
}
