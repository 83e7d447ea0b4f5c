/**
 * Which of the two processes of a run have died, and when the next one will. Takes the plan's faults; counts the steps of
 * writes and jobs, which alone have something to lose.
 */
import type { Fault, RequestRecord } from "../vocabulary.ts";
import type { Gate } from "./gate.ts";

export class Morgue {
  readonly #crashes: ReadonlySet<number>;
  readonly #dead = new Set<0 | 1>();
  #steps = 0;

  constructor(faults: readonly Fault[]) {
    this.#crashes = new Set(faults.flatMap(({ kind, from }) => (kind === "crash" ? [from] : [])));
  }

  /** Call once for each step of a write or a job: whether its process dies instead. The last one never does. */
  nextStepKills(): boolean {
    const step = this.#steps;
    this.#steps += 1;
    return this.#crashes.has(step) && this.#dead.size === 0;
  }

  /** The process of this actor; gives everybody who dies with it. */
  bury(actor: number, { requests, gate }: { requests: readonly RequestRecord[]; gate: Gate }): number[] {
    const instance = requests[actor]?.instance ?? 0;
    this.#dead.add(instance);
    const victims = requests.flatMap((record, each) =>
      record.role !== "external" && record.instance === instance && gate.hasArrived(each) ? [each] : [],
    );
    for (const each of victims) gate.end(each);
    return victims;
  }

  /** The one that lives, of the two. */
  servedBy(instance: 0 | 1): 0 | 1 {
    if (!this.#dead.has(instance)) return instance;
    return instance === 0 ? 1 : 0;
  }
}
