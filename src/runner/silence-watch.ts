/**
 * Notices when a process that should speak has fallen silent because it is stuck, and not because a busy machine does
 * not let it run. Takes the process id and whom to tell; ends nothing itself.
 */
import { isStuck, type ProcessUse, readProcessUse } from "./process-use.ts";
import { startStopwatch } from "./stopwatch.ts";

/** Real milliseconds: for a process that hardly gets to run, and between two looks at it meanwhile. */
const MOST_PATIENCE = 20_000;
const LOOK_AGAIN = 500;

export class SilenceWatch {
  readonly #pid: number | undefined;
  readonly #waitsForOthers: boolean;
  readonly #onStuck: () => void;
  #timer: NodeJS.Timeout | null = null;
  /** Changes with each word, and when nobody waits any more. */
  #word = 0;
  #limit: number | null = null;
  #silentSince = startStopwatch();
  /** As it was at the last word or a little after it; null until the next `sample`. */
  #usedAtWord: ProcessUse | null = null;
  #lastLook: ProcessUse | null = null;

  constructor(options: { pid: number | undefined; waitsForOthers: boolean; onStuck: () => void }) {
    this.#pid = options.pid;
    this.#waitsForOthers = options.waitsForOthers;
    this.#onStuck = options.onStuck;
  }

  /** From now on silence counts from here, and lasts at most this many real milliseconds; null: no limit. */
  expectWord(limit: number | null): void {
    this.#limit = limit;
    this.hear();
  }

  /** Something was said, by the process or to it. */
  hear(): void {
    this.stop();
    this.#usedAtWord = null;
    this.#lastLook = null;
    this.#silentSince = startStopwatch();
    if (this.#limit !== null) this.#lookIn(this.#limit);
  }

  /** To be called now and then: reading it at each word would cost more than the word. */
  sample(): void {
    this.#usedAtWord ??= this.#read();
  }

  stop(): void {
    this.#word += 1;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /**
   * Not before what it has said meanwhile was heard: on a busy machine this process, too, waits for its turn, and then
   * timers come before messages.
   */
  #lookIn(delay: number): void {
    const word = this.#word;
    const unlessHeard = (look: () => void) => (): void => void (word === this.#word && look());
    this.#timer = setTimeout(() => setImmediate(() => setImmediate(unlessHeard(() => this.#look()))), delay);
  }

  #look(): void {
    const [before, now] = [this.#lastLook, this.#read()];
    this.#lastLook = now;
    const stuck = now === null || this.#isStuck(before, now);
    if (stuck || this.#silentSince() > MOST_PATIENCE) this.#onStuck();
    else this.#lookIn(LOOK_AGAIN);
  }

  #isStuck(before: ProcessUse | null, now: ProcessUse): boolean {
    const waitsForOthers = this.#waitsForOthers;
    return isStuck({ limit: this.#limit ?? 0, waitsForOthers, atLastWord: this.#usedAtWord, before, now });
  }

  #read(): ProcessUse | null {
    return this.#pid === undefined ? null : readProcessUse(this.#pid);
  }
}
