/**
 * Which timers do nothing: a time limit that nobody clears once it was kept fires into the void, and offered between all
 * other steps it would make many times as many schedules that differ in nothing. Learns from histories; a timer counts
 * as one of those once it has done nothing often enough, and every one of its kind with it.
 *
 * Not a proof: handlers may keep something from this firing that shows in a later one. A kind that does something after
 * all is told, and whoever explores begins again without passing it over.
 */
import type { History, Option } from "../../vocabulary.ts";

/** Firings without a consequence, for each kind, before others and between the steps of others. */
const ENOUGH = 20;

export class QuietTimers {
  readonly #active: Set<string>;
  readonly #tried = new Map<string, number>();
  #mistaken = false;

  /** `active`: kinds that are known to do something. */
  constructor(active: ReadonlySet<string> = new Set()) {
    this.#active = new Set(active);
  }

  get active(): ReadonlySet<string> {
    return this.#active;
  }

  /** A kind that was passed over has done something. */
  get mistaken(): boolean {
    return this.#mistaken;
  }

  learn(history: History): void {
    const idle = new Set(history.idle);
    for (const [position, point] of history.points.entries()) {
      const fired = point.options.find(({ id }) => id === history.schedule[position]);
      if (fired?.timer === undefined) continue;
      const place = placeOf(history, fired);
      if (idle.has(position)) this.#tried.set(place, (this.#tried.get(place) ?? 0) + 1);
      else this.#unmask(kindOf(history, fired));
    }
  }

  /** Whether a beginning differs from others only in when this timer fires. */
  passesOver({ timer }: { readonly timer?: string }): boolean {
    return timer !== undefined && this.#isQuiet(timer) && !this.#active.has(timer.slice(0, -2));
  }

  #isQuiet(place: string): boolean {
    return (this.#tried.get(place) ?? 0) >= ENOUGH;
  }

  #unmask(kind: string): void {
    if (this.#active.has(kind)) return;
    this.#active.add(kind);
    this.#mistaken ||= this.#isQuiet(`${kind}/0`) || this.#isQuiet(`${kind}/1`);
  }
}

/** Whatever may follow the last choice of this beginning could follow as well without it, and does elsewhere. */
export function endsIdle(
  { last, length }: { readonly last: number | null; readonly length: number },
  { idle = [] }: History,
): boolean {
  return last !== null && idle.includes(length);
}

/** A kind of timer, and whether it fires between the steps of others. */
export function placeOf(history: History, option: Option): string {
  return `${kindOf(history, option)}/${option.cost}`;
}

/** Requests of one role run the same code. */
function kindOf({ requests }: History, { actor, timer }: Option): string {
  return `${requests[actor]?.role} ${requests[actor]?.method} ${timer?.delay} ${timer?.left}`;
}
