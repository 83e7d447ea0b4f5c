/**
 * What the requests of a run must and may have changed in the database, as the contract has it. Takes a history; looks at
 * no row.
 */
import type { History, RowChange, SqlValue } from "../../vocabulary.ts";
import { fittingVersions, outcomesOf } from "./contract.ts";
import { insertedIds } from "./pattern.ts";
import type { Timeline } from "./timeline.ts";

/** One acknowledged write: what it must have changed, and everything it may have, over the versions it may have met. */
export interface Claim {
  readonly request: number;
  readonly arrived: number;
  readonly required: readonly RowChange[];
  readonly allowed: readonly Allowed[];
  readonly ids: readonly { readonly table: string; readonly id: SqlValue }[];
  readonly committed: boolean;
}

/** A change that somebody may have made, the position of the event by which it was over, and when that was. */
export interface Allowed {
  readonly change: RowChange;
  readonly over: number;
  /** Milliseconds since 1970: the request came, and was answered. */
  readonly between: readonly [number, number];
}

export function claimOf(options: { history: History; timeline: Timeline; request: number }): Claim[] {
  const { history, request } = options;
  const record = history.requests[request];
  if (record === undefined || record.role === "read" || record.answered === null) return [];
  const [first, ...others] = fittingVersions(options);
  if (first?.changes === undefined || first.changes.length === 0) return [];
  const { arrived, answered } = record;
  return [
    {
      request,
      arrived,
      required: first.changes,
      allowed: [first, ...others].flatMap(({ changes = [] }) =>
        changes.map((change) => allow(history, request, change)),
      ),
      ids: first.body === undefined ? [] : insertedIds(first.body, record.response?.body),
      committed: history.versions.some((version) => version.event > arrived && version.event < answered),
    },
  ];
}

/** What nobody was promised, and nobody may complain of: external writes, and requests whose process died. */
export function toleratedFrom(history: History, request: number): readonly Allowed[] {
  const record = history.requests[request];
  if (record === undefined) return [];
  const ofAny = (changes: readonly RowChange[] = []): Allowed[] =>
    changes.map((change) => ({ ...allow(history, request, change), over: Infinity }));
  if (record.role === "external") return ofAny(record.changes);
  const mayHaveDied = record.role === "write" && record.answered === null && record.arrived >= 0;
  return mayHaveDied ? outcomesOf(history, request).flatMap((outcome) => ofAny(outcome.changes)) : [];
}

function allow({ began, events, requests }: History, request: number, change: RowChange): Allowed {
  const { arrived = -1, answered = null } = requests[request] ?? {};
  const over = answered ?? events.length - 1;
  const at = (position: number): number => began + (events[position]?.at ?? 0);
  return { change, over, between: [at(arrived), at(over)] };
}
