/**
 * Tells stale answers from fresh ones while a service runs: an answer is fresh when it was true at some moment between
 * the request's arrival and the answer. Takes the scenario's truth; knows no handler and no cache.
 * What was true is asked once for each request and state, so that a read that repeats another costs next to nothing.
 */
import type { Json, Outcome, RequestSpec, TruthReader } from "../../vocabulary.ts";
import { matchesPattern } from "./matches-pattern.ts";

export interface Freshness {
  /** To be called at once when something was committed. */
  committed(): void;
  /** A read has arrived; `key` is the same for the same request, and `spec` is asked for when it is a new one. */
  arrived(key: string, spec: () => RequestSpec): Reading;
  /** Whether the answer is what the database says now; null: that cannot be told. */
  isFresh(spec: RequestSpec, answer: Answer): boolean | null;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** An answer that has been given. `stale` is null where that cannot be told. */
export interface JudgedAnswer extends Answer {
  readonly stale: boolean | null;
}

export interface Reading {
  /** Ends it. True: stale; null: that cannot be told. */
  answered(answer: Answer): boolean | null;
  /** Ends it without an answer. */
  gone(): void;
}

export interface FreshnessParts {
  readonly truth: (db: TruthReader, request: RequestSpec) => Outcome;
  readonly db: TruthReader;
  /** Another number after each commit, whichever process made it; absent: nobody else writes. */
  readonly commits?: () => number;
}

/** What one request must be answered in one state, with the answers that were compared with it already. */
interface Expected {
  readonly outcome: Outcome;
  readonly compared: Map<string, boolean>;
  /** The answer that was compared last: most repeat the one before. */
  last: (Answer & { readonly same: boolean }) | null;
}

interface Known {
  readonly spec: RequestSpec;
  version: number;
  expected: Expected;
  /** Milliseconds that it took to ask. */
  cost: number;
}

/** Requests whose truth is remembered, and answers compared with each. */
const MOST_KNOWN = 1000;
const MOST_COMPARED = 16;
/** Characters of an answer that is remembered. */
const LONGEST = 20_000;
/** Milliseconds. A truth that takes longer is not asked anew for each commit while a request is under way. */
const TOO_SLOW = 20;

export function createFreshness(parts: FreshnessParts): Freshness {
  const known = new Map<string, Known>();
  const underWay = new Set<OpenReading>();
  let version = 0;
  let commits = parts.commits?.();
  // Of several commits of others only the last state is found: a reading that lived through them is not called stale.
  const notice = (): void => {
    const now = parts.commits?.();
    if (now === commits) return;
    commits = now;
    version += 1;
    for (const reading of underWay) reading.missed();
  };
  const current = (key: string, spec: () => RequestSpec): Known => {
    const found = known.get(key) ?? remember(known, key, newlyAsked(parts, spec(), version));
    if (found.version !== version) askAgain(parts, found, version);
    return found;
  };
  return {
    committed: () => {
      version += 1;
      for (const reading of underWay) reading.committed(parts, version);
    },
    arrived: (key, spec) => {
      notice(); // before the truth is asked: what comes between the two is noticed at the end
      const close = (): void => {
        notice();
        underWay.delete(reading);
      };
      const reading = new OpenReading(current(key, spec), close);
      underWay.add(reading);
      return reading;
    },
    isFresh: (spec, answer) => {
      notice();
      return compare(current(`${spec.route} ${spec.path}`, () => spec).expected, answer);
    },
  };
}

class OpenReading implements Reading {
  readonly #known: Known;
  readonly #close: () => void;
  /** Most live through one state; each further one is another object only when it says something else. */
  readonly #states: Expected[];
  #missedOne = false;

  constructor(known: Known, close: () => void) {
    this.#known = known;
    this.#close = close;
    this.#states = [known.expected];
  }

  committed(parts: FreshnessParts, version: number): void {
    if (this.#known.cost > TOO_SLOW) this.#missedOne = true;
    else if (this.#known.version !== version) askAgain(parts, this.#known, version);
    if (this.#states.at(-1) !== this.#known.expected) this.#states.push(this.#known.expected);
  }

  /** States in which the database was meanwhile are not known. */
  missed(): void {
    this.#missedOne = true;
  }

  answered(answer: Answer): boolean | null {
    this.#close();
    let stale: boolean | null = true;
    for (const expected of this.#states) {
      const same = compare(expected, answer);
      if (same === true) return false;
      if (same === null) stale = null;
    }
    return this.#missedOne ? null : stale;
  }

  gone(): void {
    this.#close();
  }
}

function newlyAsked(parts: FreshnessParts, spec: RequestSpec, version: number): Known {
  const started = performance.now();
  const outcome = parts.truth(parts.db, spec);
  return { spec, version, expected: { outcome, compared: new Map(), last: null }, cost: performance.now() - started };
}

/** A state that says the same is the same: what was compared with it stays known. */
function askAgain(parts: FreshnessParts, known: Known, version: number): void {
  const { expected, cost } = newlyAsked(parts, known.spec, version);
  const same = JSON.stringify(expected.outcome) === JSON.stringify(known.expected.outcome);
  if (!same) known.expected = expected;
  known.version = version;
  known.cost = cost;
}

function remember(known: Map<string, Known>, key: string, found: Known): Known {
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

function compare(expected: Expected, { status, text }: Answer): boolean | null {
  const { last, compared } = expected;
  if (last !== null && last.status === status && last.text === text) return last.same;
  const answer = `${status} ${text}`;
  const same = compared.get(answer) ?? isSame(expected.outcome, { status, text });
  if (same === null || text.length > LONGEST) return same;
  if (compared.size >= MOST_COMPARED) compared.clear();
  compared.set(answer, same);
  expected.last = { status, text, same };
  return same;
}

/** A failure and an answer without a body of its own say nothing about the figures. */
function isSame(outcome: Outcome, { status, text }: Answer): boolean | null {
  if (status >= 500 || status === 304) return null;
  if (status !== outcome.status) return false;
  if (outcome.body === undefined) return true;
  const body = parsed(text);
  return body === undefined ? null : matchesPattern(outcome.body, body);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
