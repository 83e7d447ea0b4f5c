/**
 * Writes down one run: events, requests, committed states with what the service must answer in each. Gives a History.
 * Judges nothing.
 */
import { isDeepStrictEqual } from "node:util";
import type {
  Event,
  History,
  Json,
  Outcome,
  RequestRecord,
  RequestRef,
  RequestSpec,
  RowChange,
  Version,
} from "../vocabulary.ts";
import type { Received } from "./clients.ts";
import type { HandlerError } from "./effect.ts";
import type { Player } from "./player.ts";
import { queryOf } from "./to-call.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export class Recorder {
  readonly events: Event[] = [];
  readonly requests: Mutable<RequestRecord>[] = [];
  readonly #versions: Version[] = [];
  readonly #truth: (spec: RequestSpec) => Outcome;
  readonly #players: readonly Player[];

  constructor(players: readonly Player[], truth: (spec: RequestSpec) => Outcome) {
    this.#players = players;
    this.#truth = truth;
    for (const [actor, player] of players.entries()) this.requests.push(blank(actor, player));
    this.#addVersion(-1, null);
  }

  get versions(): readonly Version[] {
    return this.#versions;
  }

  /** Number of the newest committed state. */
  get newest(): number {
    return this.#versions.length - 1;
  }

  /** Whether some commit changed what the service must answer to this request. */
  truthChanged(actor: number): boolean {
    const [first] = this.#versions;
    return this.#versions.some(({ outcomes }) => !isDeepStrictEqual(outcomes[actor], first?.outcomes[actor]));
  }

  get writesFilledCache(): boolean {
    return this.events.some(
      (event) => event.kind === "cache" && event.operation === "set" && this.requests[event.actor]?.role === "write",
    );
  }

  note(event: Event): void {
    this.events.push(event);
  }

  arrival(actor: number, at: number, instance: 0 | 1): void {
    const request = this.requests[actor];
    if (request !== undefined) Object.assign(request, { arrived: this.events.length, instance });
    this.note({ kind: "arrival", actor, at });
  }

  /** Call it before noting the event that commits; returns the version's number. */
  commit(actor: number): number {
    this.#addVersion(this.events.length, actor);
    return this.newest;
  }

  answer(answer: Received, at: number): void {
    const request = this.requests[answer.actor];
    if (request === undefined) return;
    request.answered = this.events.length;
    const { status, contentType, cacheControl, notModified } = answer;
    const told = { ...(typeof cacheControl === "string" && { cacheControl }), ...(notModified && { notModified }) };
    request.response = { status, contentType, ...told, body: parse(answer.text) };
    request.error ??= answer.error;
    this.note({ kind: "answer", actor: answer.actor, at });
  }

  /** All there is of an external write. Call it before noting the event of its commit. */
  external(actor: number, done: { path: string; changes: readonly RowChange[] }): void {
    const position = this.events.length;
    const request = this.requests[actor];
    if (request !== undefined) Object.assign(request, { arrived: position, answered: position, ...done });
  }

  error(actor: number, error: HandlerError): void {
    const request = this.requests[actor];
    if (request !== undefined) request.error ??= error;
  }

  history(rest: Omit<History, "events" | "requests" | "versions">): History {
    const arrived = this.requests.findLastIndex((request) => request.arrived >= 0) + 1;
    return { ...rest, events: this.events, requests: this.requests.slice(0, arrived), versions: this.#versions };
  }

  #addVersion(event: number, actor: number | null): void {
    const known = new Map<RequestRef, Outcome>();
    const outcomes = this.#players.map(({ ref, role, spec }) => {
      const outcome = known.get(ref) ?? (role === "read" || role === "write" ? this.#truth(spec) : UNASKED);
      known.set(ref, outcome);
      return outcome;
    });
    this.#versions.push({ event, actor, outcomes });
  }
}

/** The contract says nothing about those whom no client asks. */
const UNASKED: Outcome = { status: 200 };

function blank(actor: number, player: Player): Mutable<RequestRecord> {
  const { spec, role, method } = player;
  const query = queryOf(actor, player);
  return {
    ref: player.ref,
    instance: player.instance,
    role,
    method: role === "job" ? "JOB" : method,
    path: role === "job" ? spec.route : spec.path,
    ...(query === "" ? {} : { query }),
    ...(spec.body === undefined ? {} : { body: spec.body }),
    ...(spec.label === undefined ? {} : { label: spec.label }),
    probe: player.probe,
    arrived: -1,
    answered: null,
    response: null,
    error: null,
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
