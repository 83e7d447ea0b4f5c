/**
 * The clients of one run: each keeps its last answer to a question if that had an ETag, asks again with If-None-Match, and
 * takes a 304 for what it has kept (RFC 9110 §8.8.3, §13.1.2; RFC 9111 §4.3). Nothing is done where no answer has a tag.
 */
import type { RunPlan } from "../vocabulary.ts";
import type { Answer, Call } from "./effect.ts";
import type { Player } from "./player.ts";
import { toCall } from "./to-call.ts";

/** An answer as its client sees it. */
export interface Received extends Answer {
  /** It came as a 304, and what it stands for had been kept. */
  readonly notModified?: true;
}

export class Clients {
  readonly #players: readonly Player[];
  /** They keep nothing, as if each read were everybody's first. */
  readonly #forgetful: boolean;
  readonly #kept = new Map<string, Answer>();
  /** What each request under way could be told to go on with. */
  readonly #offered = new Map<number, Answer>();

  constructor(players: readonly Player[], { forgetfulClients = false, repairs = [] }: RunPlan) {
    this.#players = players;
    this.#forgetful = forgetfulClients || repairs.some(({ kind }) => kind === "forget-answers");
  }

  /** The request as it leaves now; `instance`: which one serves it. */
  ask(actor: number, player: Player, instance: 0 | 1): Call {
    const call = toCall(actor, player, instance);
    if (this.#kept.size === 0 || asksOnItsOwnTerms(player)) return call;
    const kept = this.#kept.get(questionOf(actor, player));
    if (kept === undefined) return call;
    this.#offered.set(actor, kept);
    return { ...call, headers: { ...call.headers, "if-none-match": kept.etag ?? "" } };
  }

  /** A 304 that the client has not asked for, or for a tag that it has not sent, stays what it is. */
  receive(answer: Answer): Received {
    const { actor, status, etag } = answer;
    const player = this.#players[actor];
    if (player === undefined || (this.#kept.size === 0 && !etag)) return answer;
    const offered = this.#offered.get(actor);
    if (status === 304) return offered === undefined || isAnother(etag, offered) ? answer : refreshed(answer, offered);
    this.#keep(player, answer);
    return answer;
  }

  /** What came last is what the client has, also when that is an error. */
  #keep(player: Player, answer: Answer): void {
    if (this.#forgetful || player.role !== "read" || player.method !== "GET") return;
    const question = questionOf(answer.actor, player);
    const mayBeKept = answer.status === 200 && answer.etag && !/\bno-store\b/i.test(answer.cacheControl ?? "");
    if (mayBeKept) this.#kept.set(question, answer);
    else this.#kept.delete(question);
  }
}

/** Each client has a host of its own, and whoever sends other headers is somebody else with a browser of their own. */
function questionOf(actor: number, player: Player): string {
  const { method, url, headers } = toCall(actor, player, 0);
  return JSON.stringify([method, url, headers]);
}

function asksOnItsOwnTerms({ spec }: Player): boolean {
  return Object.keys(spec.headers ?? {}).some((name) => name.toLowerCase() === "if-none-match");
}

/** By the weak comparison, as for If-None-Match: on the way, a strong tag may have become a weak one. */
function isAnother(etag: Answer["etag"], offered: Answer): boolean {
  const opaque = (tag: string): string => tag.replace(/^W\//, "");
  return Boolean(etag) && opaque(etag ?? "") !== opaque(offered.etag ?? "");
}

/** The kept body under the headers of both, the newer ones first. */
function refreshed(answer: Answer, { contentType, cacheControl, text }: Answer): Received {
  return {
    ...answer,
    status: 200,
    contentType,
    cacheControl: answer.cacheControl ?? cacheControl ?? null,
    text,
    notModified: true,
  };
}
