/**
 * The failure in one sentence for a person who has never heard of its cause. Takes the failure and its explanation;
 * names requests by the letters of the report's columns.
 */
import type { Fault } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import type { Culprit } from "./culprit.ts";
import { keysOfReads } from "./culprit.ts";
import type { Explanation } from "./explain.ts";

export interface SentenceOptions {
  readonly failure: Failure;
  readonly explanation: Explanation;
  readonly culprit: Culprit;
  /** Actors in the order of their letters. */
  readonly shown: readonly number[];
}

interface Names {
  /** The request whose answer is at fault. */
  readonly reader: string;
  /** The write that made the entry untrue. */
  readonly writer: string;
  /** The request that stored the entry. */
  readonly filler: string;
  readonly key: string;
  readonly used: string;
  /** Reads look there, too. */
  readonly isUsed: boolean;
  readonly detail: string;
  /** How many instances served the requests that are shown. */
  readonly instances: number;
}

export function sentenceFor(options: SentenceOptions): string {
  const { explanation, failure } = options;
  const names = namesIn(options);
  const tell = SENTENCES[explanation.cause];
  return tell === undefined ? plainSentence(names.reader, failure) : tell(names);
}

function plainSentence(reader: string, { finding, history }: Failure): string {
  const [fault] = history.plan.faults ?? [];
  const detail = finding.detail.replace(/\.$/, "");
  const happened =
    finding.cause === "handler-threw" || finding.cause === "undefined-name"
      ? `could not be answered: ${detail}`
      : `is at fault: ${detail}`;
  return fault === undefined
    ? `${reader} ${happened}.`
    : `The cache ${FAULTS[fault.kind]}, and ${reader} does not cope: ${detail}.`;
}

const FAULTS: Readonly<Record<Fault["kind"], string>> = {
  miss: "has lost everything and finds nothing any more",
  false: "refuses everything and answers false",
  error: "is down and throws at every visit",
  hang: "is down and no longer answers",
  "lose-delete": "lost one delete",
  evict: "dropped its entries to make room",
  crash: "lost a process that was using it",
};

const SENTENCES: Readonly<Partial<Record<Explanation["cause"], (names: Names) => string>>> = {
  "never-invalidated": ({ writer, reader, key }) =>
    `${writer} changed the database and told the cache nothing, so ${key} kept the old answer and ${reader} was served it.`,
  "only-some-requests": ({ writer, reader, key }) =>
    `${writer} left ${key} in the cache although other writes remove what they make untrue, so ${reader} was served the old answer.`,
  "dependent-view-forgotten": ({ writer, reader, key }) =>
    `${writer} changed the database and cleared other answers made from these rows, but not ${key}, so ${reader} was served the old one.`,
  "external-write-unseen": ({ writer, reader, key }) =>
    `${writer} changed the database and asked no handler; nothing told the cache, so ${key} kept the old answer and ${reader} was served it.`,
  "invalidation-lost-in-crash": ({ writer, reader, key }) =>
    `What ${writer} had changed was committed when the process died, and ${key} was not removed yet; nothing remembered that this was still to be done, so ${reader} was served the old answer.`,
  "staleness-unbounded": ({ writer, reader, key }) =>
    `${writer} changed the database and no message of it arrived; ${key} has outlived the longest time for which an old answer may be served, and ${reader} still got it.`,
  "wrong-key": ({ writer, reader, key, used, isUsed }) =>
    isUsed
      ? `${writer} changed the entry ${used}, but the same answer is kept under ${key} as well, where ${reader} still found the old one.`
      : `${writer} changed the entry ${used}, which nobody reads; reads look under ${key}, where ${reader} still found the old answer.`,
  "key-not-unique": ({ reader, filler, key }) =>
    `${filler} and ${reader} ask different questions, and both look under ${key}: ${reader} was served the answer to the question of ${filler}.`,
  "etag-unchanged": ({ writer, reader }) =>
    `${writer} changed what ${reader} asks for, and the ETag stayed as it was: ${reader} asked with it, was told 304, and its client went on with the old answer that it had kept.`,
  "invalidated-before-write": ({ writer, reader, filler, key }) =>
    `${writer} removed ${key} before it changed the database; in between ${filler} read the old rows and stored them again, and ${reader} was served them.`,
  "invalidated-before-commit": ({ writer, reader, filler, key }) =>
    `${writer} removed ${key} while its transaction was still open; until the commit others see the old rows, so ${filler} stored them again and ${reader} was served them.`,
  "delete-not-awaited": ({ writer, reader, key }) =>
    `${writer} answered before the cache had carried out what it was told about ${key}, so ${reader}, which came after that answer, was still served the old one.`,
  "set-not-awaited": ({ writer, reader, filler, key }) =>
    `${filler} answered while what it stores was still on the way into ${key}; it arrived there only after the change that ${writer} made, so ${reader} was served the old answer.`,
  "value-patched": ({ reader, filler, key }) =>
    `${filler} put an answer of its own making into ${key}; it is not what the database says, and ${reader} was served it.`,
  "write-through-race": ({ writer, reader, filler, key }) =>
    writer === filler
      ? `${filler} stored in ${key} what was true only before its own change, so ${reader} was served an answer without it.`
      : `${filler} stored its answer in ${key} after ${writer} had changed the database again: the older value landed last and ${reader} was served it.`,
  "stale-set-race": ({ writer, reader, filler, key }) =>
    `${filler} read the database before ${writer} changed it and stored what it had read after ${writer} had cleaned up ${key}, so ${reader} was served the old answer.`,
  "torn-read": ({ reader }) =>
    `${reader} asked the database more than once, and a write came in between: each part of its answer was true, but never all of them together.`,
  "module-state": ({ reader, instances }) =>
    instances > 1
      ? `Two processes, instance 1 and instance 2, served these requests. What the handlers keep in a variable, each has for itself, so the one that served ${reader} did not know what had happened in the other.`
      : `${reader} was answered out of a variable of the handlers, to which nobody had told what has changed since.`,
  "cleared-everything": ({ reader }) =>
    `Nothing that ${reader} asks about had changed, but its cached answer was thrown away with all the others, so it was computed again.`,
  "cache-bypassed": ({ reader }) =>
    `${reader} asked the same again at once and the answer was computed from the database anew: it is not cached.`,
  "ttl-shortened": ({ reader }) =>
    `${reader} asked the same while the answer should still have been cached, but the entry had expired and everything was computed again.`,
  "response-hard-coded": ({ reader }) =>
    `${reader} was answered with a value that comes from neither the database nor the cache: it stands in the source.`,
  "never-answers": ({ reader }) =>
    `${reader} was never answered: everything it had started was done, and it still waits for something that never comes.`,
  "endless-loop": ({ reader }) =>
    `${reader} was never answered: it does the same again and again and comes to no end; only its first rounds are shown.`,
  "contract-changed": ({ reader, detail }) => `${reader} breaks the service's contract: ${detail}.`,
  "write-not-recorded": ({ reader }) =>
    `${reader} was answered as if it had been done, but the database does not hold what it should have recorded by then.`,
};

function namesIn({ failure, explanation, culprit, shown }: SentenceOptions): Names {
  const letter = (actor: number): string => {
    const position = shown.indexOf(actor);
    return position < 0 ? "a request" : String.fromCodePoint(65 + position);
  };
  const { history, finding } = failure;
  return {
    reader: letter(finding.request),
    writer: letter(culprit.write),
    filler: letter(history.events[culprit.stored]?.actor ?? -1),
    key: culprit.key ?? "the entry",
    used: explanation.keys?.used ?? "another one",
    isUsed: keysOfReads(history).has(explanation.keys?.used ?? ""),
    detail: finding.detail,
    instances: new Set(shown.map((actor) => history.requests[actor]?.instance)).size,
  };
}
