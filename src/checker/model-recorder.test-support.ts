/** Writes down what the model runner does, as a history with the truth of every version. */
import type { Actor, ChoicePoint, Event, History, Outcome, RequestRecord, RunPlan, Version } from "../vocabulary.ts";
import type { ModelStore } from "./model-store.test-support.ts";

/** The item that each request is about. */
const ITEMS: Readonly<Record<string, number>> = { r0: 0, r1: 1, r2: 2, w0: 0, w1: 0, w2: 1, x0: 9 };

export type Written = { -readonly [K in keyof RequestRecord]: RequestRecord[K] };

export class ModelRecorder {
  readonly records: Written[] = [];
  readonly events: Event[] = [];
  readonly versions: Version[] = [];
  readonly points: ChoicePoint[] = [];
  readonly schedule: number[] = [];
  readonly #plan: RunPlan;
  readonly #store: ModelStore;

  constructor(plan: RunPlan, store: ModelStore) {
    this.#plan = plan;
    this.#store = store;
  }

  enter({ ref, instance }: Actor, probe: boolean): void {
    const role = ref.startsWith("w") ? "write" : "read";
    const method = role === "write" ? "POST" : "GET";
    const path = `/items/${itemOf(ref)}`;
    this.records.push({
      ref,
      instance,
      role,
      method,
      path,
      probe,
      arrived: -1,
      answered: null,
      response: null,
      error: null,
    });
  }

  commit(actor: number | null): number {
    const outcomes = this.records.map(({ ref }): Outcome => {
      if (itemOf(ref) > 2) return { status: 404 };
      if (ref.startsWith("r"))
        return { status: 200, body: { item: itemOf(ref), total: this.#store.total(itemOf(ref)) } };
      return {
        status: 201,
        body: { id: { $inserted: "logs" } },
        changes: [{ kind: "insert", table: "logs", row: { item: itemOf(ref) } }],
      };
    });
    this.versions.push({ event: actor === null ? -1 : this.events.length, actor, outcomes });
    return this.versions.length - 1;
  }

  history(end: History["end"]): History {
    return {
      plan: this.#plan,
      began: 0,
      requests: this.records.filter(({ arrived }) => arrived >= 0),
      events: this.events,
      versions: this.versions,
      differences: this.#store.rows.map((after) => ({ table: "logs", before: null, after })),
      schemaChanges: this.#store.schemaChanges,
      schedule: this.schedule,
      points: this.points,
      switches: this.points.reduce(
        (sum, { options }, at) => sum + (options.find(({ id }) => id === this.schedule[at])?.cost ?? 0),
        0,
      ),
      cacheOperations: this.#store.operations,
      end,
      costly: ["logs"],
    };
  }
}

export function itemOf(ref: string): number {
  return ITEMS[ref] ?? 9;
}
