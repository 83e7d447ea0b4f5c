/**
 * Which of the two processes of a run have died, and when the next one will. Takes the plan's faults; counts the steps of
 * writes and jobs, which alone have something to lose.
 */
import type { Fault } from "../vocabulary.ts";

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

  bury(instance: 0 | 1): void {
    this.#dead.add(instance);
  }

  /** The one that lives, of the two. */
  servedBy(instance: 0 | 1): 0 | 1 {
    if (!this.#dead.has(instance)) return instance;
    return instance === 0 ? 1 : 0;
  }
}
