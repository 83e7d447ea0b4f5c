/** Database and cache of the model runner, in memory, with its faults and repairs. */
import type { CacheEvent, DatabaseEvent, Fault, Json, Repair, SqlValue } from "../vocabulary.ts";
import type { Step } from "./model-handlers.test-support.ts";

type CacheStep = Step & { readonly do: "get" | "set" | "delete" | "clear" };
type CacheDone = Omit<CacheEvent, "kind" | "actor" | "at">;

interface Visit {
  readonly actor: number;
  readonly item: number;
  readonly step: CacheStep;
  readonly now: number;
  readonly writes: boolean;
  readonly answered: boolean;
  readonly overtaken: boolean;
}

export class ModelStore {
  readonly rows: Record<string, SqlValue>[] = [];
  readonly schemaChanges: string[] = [];
  operations = 0;
  readonly #totals: readonly number[];
  readonly #faults: readonly Fault[];
  readonly #repairs: readonly Repair[];
  readonly #entries = new Map<string, { readonly value: Json; readonly until: number }>();
  readonly #deferred = new Map<number, CacheStep[]>();
  /** The actor whose transaction is open, and what it has inserted so far. */
  #open: { readonly actor: number; readonly rows: Record<string, SqlValue>[] } | null = null;

  constructor(options: { totals: readonly number[]; faults: readonly Fault[]; repairs: readonly Repair[] }) {
    this.#totals = options.totals;
    this.#faults = options.faults;
    this.#repairs = options.repairs;
  }

  total(item: number): number {
    return (this.#totals[item] ?? 0) + this.rows.filter((row) => row["item"] === item).length;
  }

  /** Writers wait while another request's transaction is open; a hanging step never goes on. */
  canDo(actor: number, step: Step): boolean {
    if (step.do === "never") return false;
    const isWriting = step.do === "insert" || step.do === "begin";
    return !(isWriting && this.#open !== null && this.#open.actor !== actor);
  }

  ask(
    actor: number,
    item: number,
    step: Step,
  ): { value: Json; commits: boolean; done: Omit<DatabaseEvent, "kind" | "actor" | "at"> } {
    if (step.do === "select")
      return {
        value: this.total(item),
        commits: false,
        done: { operation: "get", sql: "SELECT count(*) FROM logs", reads: ["logs"] },
      };
    if (step.do === "alter") this.schemaChanges.push("logs");
    if (step.do === "begin") this.#open = { actor, rows: [] };
    if (step.do === "commit") return this.#commit();
    if (step.do !== "insert")
      return { value: null, commits: false, done: { operation: "begin", sql: null, reads: [] } };
    const id = 100 + this.rows.length + (this.#open?.rows.length ?? 0);
    const isOpen = this.#open?.actor === actor;
    (isOpen && this.#open !== null ? this.#open.rows : this.rows).push({ id, item });
    return {
      value: id,
      commits: !isOpen,
      done: { operation: "run", sql: "INSERT INTO logs (item) VALUES (?)", reads: [], changes: 1 },
    };
  }

  #commit(): ReturnType<ModelStore["ask"]> {
    this.rows.push(...(this.#open?.rows ?? []));
    this.#open = null;
    return { value: null, commits: true, done: { operation: "commit", sql: null, reads: [] } };
  }

  visit(visit: Visit): { done: CacheDone; value: Json | Error | undefined } {
    const { writes, answered, actor } = visit;
    const step = this.#separate(visit);
    if (step.do === "get") return this.#do(step, visit.now);
    const asDropped: CacheDone = { operation: step.do, key: "key" in step ? step.key : null };
    if (!writes && step.do === "set" && visit.overtaken && this.#repair("drop-stale-set") !== undefined)
      return { done: asDropped, value: true };
    const changed = writes ? this.#deleteInstead(this.#redirect(step)) : step;
    if (!writes || answered || this.#repair("mutate-after-commit") === undefined) return this.#do(changed, visit.now);
    this.#deferred.set(actor, [...(this.#deferred.get(actor) ?? []), changed]);
    return { done: asDropped, value: true };
  }

  beforeAnswer(actor: number): CacheDone[] {
    const inject = this.#repair("inject-delete");
    const late = this.#deferred.get(actor) ?? [];
    const all: CacheStep[] = inject?.kind === "inject-delete" ? [...late, { do: "delete", key: inject.key }] : late;
    return all.map((step) => this.#do(step, 0).done);
  }

  #separate({ step, writes, item }: Visit): CacheStep {
    if (this.#repair("separate-reads") === undefined) return step;
    if (writes && step.do !== "get") return { do: "clear" };
    return "key" in step ? { ...step, key: `${step.key} of ${item}` } : step;
  }

  #repair(kind: Repair["kind"]): Repair | undefined {
    return this.#repairs.find((repair) => repair.kind === kind);
  }

  #redirect(step: CacheStep): CacheStep {
    const redirect = this.#repair("redirect-key");
    return redirect?.kind === "redirect-key" && "key" in step && step.key === redirect.from
      ? { ...step, key: redirect.to }
      : step;
  }

  #deleteInstead(step: CacheStep): CacheStep {
    return step.do === "set" && this.#repair("set-becomes-delete") !== undefined
      ? { do: "delete", key: step.key }
      : step;
  }

  #do(step: CacheStep, now: number): { done: CacheDone; value: Json | Error | undefined } {
    const key = "key" in step ? step.key : null;
    const fault = this.#faults.find(({ from }) => this.operations >= from);
    this.operations += 1;
    const done: CacheDone = { operation: step.do, key, ...(fault === undefined ? {} : { fault: fault.kind }) };
    if (fault?.kind === "hang") return { done, value: undefined };
    if (fault !== undefined)
      return { done, value: fault.kind === "error" ? new Error("cache down") : step.do === "get" ? null : false };
    if (step.do === "clear") this.#entries.clear();
    if (step.do === "set") this.#entries.set(step.key, { value: step.value, until: now + (step.ttl ?? Infinity) });
    if (step.do === "set") return { done: { ...done, timeToLive: step.ttl ?? null, value: step.value }, value: true };
    if (step.do === "delete") return { done: { ...done, existed: this.#entries.delete(step.key) }, value: true };
    const entry = key === null ? undefined : this.#entries.get(key);
    const isHit = entry !== undefined && entry.until >= now;
    return {
      done: { ...done, hit: isHit, ...(isHit ? { value: entry.value } : {}) },
      value: isHit ? entry.value : null,
    };
  }
}
