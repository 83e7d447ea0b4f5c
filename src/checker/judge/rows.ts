/**
 * Judges what the database holds at the end of a run: exactly the rows that the acknowledged writes must have changed.
 * Takes a history; gives a complaint or null. Answers and freshness are judged elsewhere.
 */
import type { History, RowChange, RowDifference, SqlValue } from "../../vocabulary.ts";
import type { Allowed, Claim } from "./claims.ts";
import { claimOf, toleratedFrom } from "./claims.ts";
import type { Complaint } from "./contract.ts";
import { isWildcard, matchesThen } from "./pattern.ts";
import type { Timeline } from "./timeline.ts";

interface Ledger {
  readonly claims: readonly Claim[];
  /** All changes that any acknowledged write may have made. */
  readonly allowed: readonly Allowed[];
  readonly differences: readonly RowDifference[];
  /** Inserted rows already accounted for. */
  readonly taken: Set<RowDifference>;
}

export function rowComplaint(options: { history: History; timeline: Timeline }): Complaint | null {
  const { history, timeline } = options;
  const claims = history.requests.flatMap((_, request) => claimOf({ history, timeline, request }));
  const tolerated = history.requests.flatMap((_, request) => toleratedFrom(history, request));
  const allowed = [...claims.flatMap((claim) => claim.allowed), ...tolerated];
  const ledger: Ledger = { claims, allowed, differences: history.differences, taken: new Set() };
  takeTolerated(ledger, tolerated);
  return missingChange(ledger) ?? surplusChange(ledger) ?? schemaChange(history);
}

function takeTolerated(ledger: Ledger, tolerated: readonly Allowed[]): void {
  for (const inserting of tolerated) {
    const { change } = inserting;
    if (change.kind !== "insert") continue;
    const row = ledger.differences.find(
      (difference) => isNewRow(difference, change.table, ledger.taken) && fitsInsert(ledger, difference, inserting),
    );
    if (row !== undefined) ledger.taken.add(row);
  }
}

function missingChange(ledger: Ledger): Complaint | null {
  // Writes that name their new row's id go first, so that a write without one cannot take their row.
  const ordered = ledger.claims.toSorted((left, right) => right.ids.length - left.ids.length);
  for (const claim of ordered) {
    if (!claim.committed) return notRecorded(claim.request, "the write was acknowledged before anything was committed");
    const missing = claim.required.find((change) => !isRecorded(ledger, claim, change));
    if (missing !== undefined)
      return notRecorded(claim.request, `no ${missing.kind} in ${missing.table} as the contract asks`);
  }
  return null;
}

function isRecorded(ledger: Ledger, claim: Claim, change: RowChange): boolean {
  if (change.kind === "insert") return isInserted(ledger, claim, change);
  const row = ledger.differences.find(
    (difference) => difference.table === change.table && idOf(difference) === change.id,
  );
  if (change.kind === "delete") return row?.after === null;
  if (row?.after === null)
    return ledger.allowed.some(
      ({ change: other }) => other.kind === "delete" && other.table === change.table && other.id === change.id,
    );
  const names = Object.keys(change.set);
  // What was over before this write came cannot have come after it.
  const since = ledger.allowed.filter(({ over }) => over > claim.arrived);
  if (row !== undefined) return names.every((name) => isAllowedValue(since, { ...change, name }, row.after?.[name]));
  // No trace of the row: only a write of the value it had before, or a later one restoring it, leaves none.
  const rivals = ledger.claims.filter((other) =>
    other.required.some(
      (update) => update.kind === "update" && update.table === change.table && update.id === change.id,
    ),
  );
  return rivals.length > 1 || names.every((name) => !isWildcard(change.set[name] ?? null));
}

function isInserted(ledger: Ledger, claim: Claim, change: RowChange & { kind: "insert" }): boolean {
  const ids = claim.ids.filter((named) => named.table === change.table).map((named) => named.id);
  const inserting = claim.allowed.find((allowed) => allowed.change === change);
  const row = ledger.differences.find(
    (difference) =>
      isNewRow(difference, change.table, ledger.taken) &&
      (ids.length === 0 || ids.includes(idOf(difference))) &&
      inserting !== undefined &&
      fitsInsert(ledger, difference, inserting),
  );
  if (row !== undefined) ledger.taken.add(row);
  return (
    row !== undefined ||
    ledger.allowed.some(
      ({ change: other }) =>
        other.kind === "delete" && other.table === change.table && (ids.length === 0 || ids.includes(other.id)),
    )
  );
}

function isNewRow(difference: RowDifference, table: string, taken: ReadonlySet<RowDifference>): boolean {
  return difference.before === null && difference.table === table && !taken.has(difference);
}

function fitsInsert(ledger: Ledger, difference: RowDifference, { change, between }: Allowed): boolean {
  if (change.kind !== "insert") return false;
  const { table } = change;
  return Object.entries(change.row).every(([name, pattern]) => {
    const value = difference.after?.[name];
    const cell = { table, id: idOf(difference), name };
    return matchesThen(pattern, value, between) || isAllowedValue(ledger.allowed, cell, value);
  });
}

function isAllowedValue(
  allowed: readonly Allowed[],
  cell: { table: string; id: SqlValue; name: string },
  value: SqlValue | undefined,
): boolean {
  return allowed.some(({ change, between }) => {
    if (change.kind !== "update" || change.table !== cell.table || change.id !== cell.id) return false;
    const pattern = change.set[cell.name];
    return pattern !== undefined && matchesThen(pattern, value, between);
  });
}

function surplusChange(ledger: Ledger): Complaint | null {
  const surplus = ledger.differences.find(
    (difference) => !ledger.taken.has(difference) && !isAllowed(ledger, difference),
  );
  if (surplus === undefined) return null;
  return {
    kind: "rows",
    request: 0,
    cause: "contract-changed",
    detail: `a row of ${surplus.table} was changed that no acknowledged request may change`,
  };
}

function isAllowed(ledger: Ledger, difference: RowDifference): boolean {
  const { table, before, after } = difference;
  const id = idOf(difference);
  if (before === null) return false;
  if (after === null)
    return ledger.allowed.some(({ change }) => change.kind === "delete" && change.table === table && change.id === id);
  const changed = Object.keys(after).filter((name) => !isSameValue(before[name], after[name]));
  return changed.every((name) => isAllowedValue(ledger.allowed, { table, id, name }, after[name]));
}

function schemaChange(history: History): Complaint | null {
  const [name] = history.schemaChanges;
  if (name === undefined) return null;
  return {
    kind: "rows",
    request: 0,
    cause: "contract-changed",
    detail: `the database's structure was changed: ${name}`,
  };
}

function notRecorded(request: number, detail: string): Complaint {
  return { kind: "rows", request, cause: "write-not-recorded", detail };
}

function idOf(difference: RowDifference): SqlValue {
  return difference.after?.["id"] ?? difference.before?.["id"] ?? null;
}

function isSameValue(left: SqlValue | undefined, right: SqlValue | undefined): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return left.length === right.length && left.every((byte, at) => byte === right[at]);
  return left === right;
}
