/**
 * What belongs to no request and yet asks for the cache or the database: a timer or a loop that a module has started
 * while it was loaded. No schedule says when such work is done, so it is noted and gets no answer.
 */
import type { Location } from "../vocabulary.ts";
import type { Locate } from "./handler-location.ts";

export interface Stray {
  readonly location: Location | null;
}

/** Each time another one: all that waits for the same would be kept as long as that. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

export class StrayWork {
  readonly #locate: Locate;
  /** Where the timer was started that fired last: asked through promises, a stack no longer shows who asks. */
  #origin: string | undefined;
  #first: Stray | null = null;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  get first(): Stray | null {
    return this.#first;
  }

  begins(origin: string | undefined): void {
    this.#origin = origin;
  }

  note(): void {
    this.#first ??= { location: this.#locate(new Error("location").stack) ?? this.#locate(this.#origin) };
  }
}
