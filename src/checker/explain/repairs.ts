/**
 * The repairs worth trying on a failing history, in the order in which they name a cause. Each takes one mistake out;
 * where it makes the same schedule pass, that mistake was the cause. Takes a traced failure; plays nothing.
 */
import type { Cause, Counterexample, Event, Location, Repair } from "../../vocabulary.ts";
import type { CacheMutation } from "../judge/cache-use.ts";
import { misspelt } from "./misspelt.ts";
import type { Scene } from "./scene.ts";
import { findCulprit, hitKeys, isAnotherAnswer, isInTransaction, lastRowChange, mutationsByWrites } from "./culprit.ts";

export interface Attempt {
  readonly repairs: readonly Repair[];
  readonly cause: Cause;
  /** What was repaired, as it reads after "the same schedule with". */
  readonly change: string;
  readonly keys?: NonNullable<Counterexample["keys"]>;
  readonly location?: Location;
}

export function attemptsFor(
  options: Pick<Scene, "failure" | "visited"> & { readonly without: readonly string[] },
): Attempt[] {
  const { failure, visited, without } = options;
  const scene: Scene = {
    visited,
    failure,
    culprit: findCulprit(failure),
    mutations: mutationsByWrites(failure.history),
  };
  const ofTheWrite = [...redirected(scene), ...held(scene), ...postponed(scene), ...deletedInstead(scene)];
  const ofTheEntry = [...injected(scene), ...dropped(scene)];
  const all = [
    ...onOneInstance(scene),
    ...separated(scene),
    ...ofTheWrite,
    ...pairsOf(ofTheWrite),
    ...askedAnew(scene),
    ...ofTheEntry,
  ];
  return all.filter(({ repairs }) => !repairs.some(({ kind }) => without.includes(kind)));
}

function onOneInstance({ failure }: Scene): Attempt[] {
  if (!failure.history.requests.some(({ instance }) => instance === 1)) return [];
  return [{ repairs: [{ kind: "one-instance" }], cause: "module-state", change: "all requests served by one process" }];
}

function separated({ failure, culprit }: Scene): Attempt[] {
  const stored = failure.history.events[culprit.stored];
  if (stored?.kind !== "cache" || !isAnotherAnswer(failure)) return [];
  const change = "an entry for each of the two questions";
  return [{ repairs: [{ kind: "separate-reads" }], cause: "key-not-unique", change, ...at(stored.location) }];
}

function redirected(scene: Scene): Attempt[] {
  return misspelt(scene).flatMap(({ key, operation, location }) =>
    hitKeys(scene.failure).map((read): Attempt => ({
      repairs: [{ kind: "redirect-key", from: key, to: read }],
      cause: "wrong-key",
      change: `the ${operation} going to ${read} instead of ${key}`,
      keys: { used: key, read },
      ...at(location),
    })),
  );
}

function held({ failure, mutations, culprit }: Scene): Attempt[] {
  const { events, requests } = failure.history;
  const isLate = (event: Event): boolean => events.indexOf(event) > (requests[event.actor]?.answered ?? Infinity);
  const repairs: readonly Repair[] = [{ kind: "hold-acknowledgement" }];
  const stored = events[culprit.stored];
  if (stored?.kind === "cache" && isLate(stored)) {
    const change = "every answer held back until its request's own set is done";
    return [{ repairs, cause: "set-not-awaited", change, ...at(stored.location) }];
  }
  const late = mutations.find(isLate);
  const guilty = late ?? mutations.find(({ actor }) => actor === culprit.write);
  const change = `the write's answer held back until its ${nameOf(guilty)} is done`;
  return [{ repairs, cause: "delete-not-awaited", change, ...at(guilty?.location) }];
}

function postponed({ failure, mutations, culprit }: Scene): Attempt[] {
  const { history } = failure;
  // Whoever told of a change of his own beforehand knew nothing of what an external write would change.
  if (history.requests[culprit.write]?.role === "external") return [];
  const early = mutations.find((event) =>
    history.versions.some(
      ({ actor, event: commit }) =>
        actor === event.actor &&
        history.requests[actor]?.role === "write" && // a job crosses out what it has told, and rightly so
        commit > history.events.indexOf(event),
    ),
  );
  if (early === undefined) return [];
  const isOpen = isInTransaction(history, early);
  const cause = isOpen ? "invalidated-before-commit" : "invalidated-before-write";
  const change = `the ${nameOf(early)} moved after the ${isOpen ? "commit" : "write"}`;
  return [{ repairs: [{ kind: "mutate-after-commit" }], cause, change, ...at(early.location) }];
}

function deletedInstead({ failure, mutations }: Scene): Attempt[] {
  // What a feed notes of its own way is set, too, and is no answer.
  const served = hitKeys(failure);
  const set = mutations.findLast(({ operation, key }) => operation === "set" && served.includes(key ?? ""));
  if (set === undefined) return [];
  const cause = failure.finding.kind === "wrong" ? "value-patched" : "write-through-race";
  return [
    {
      repairs: [{ kind: "set-becomes-delete" }],
      cause,
      change: "the write's set turned into a delete",
      ...at(set.location),
    },
  ];
}

/** Two mistakes at once: the first of them names the cause. */
function pairsOf(attempts: readonly Attempt[]): Attempt[] {
  return attempts.flatMap((one, position) =>
    attempts
      .slice(position + 1)
      .filter(({ cause }) => cause !== one.cause)
      .map((other) => ({
        ...one,
        repairs: [...one.repairs, ...other.repairs],
        change: `${one.change} and ${other.change}`,
      })),
  );
}

/** Before the missing delete: where it is the tag that lies in the cache, its delete would help as well, and say less. */
function askedAnew({ failure, culprit }: Scene): Attempt[] {
  const { requests, events } = failure.history;
  if (requests[failure.finding.request]?.response?.notModified !== true) return [];
  const hit = events[culprit.hit];
  const location = hit?.kind === "cache" ? hit.location : undefined; // the tag, or what it was made of
  const change = "clients that keep no answer and send no If-None-Match";
  return [{ repairs: [{ kind: "forget-answers" }], cause: "etag-unchanged", change, ...at(location) }];
}

function injected({ failure, culprit }: Scene): Attempt[] {
  const location = lastRowChange(failure.history, culprit.write);
  return hitKeys(failure).map((key): Attempt => ({
    repairs: [{ kind: "inject-delete", key }],
    cause: "never-invalidated",
    change: `a delete of ${key} before the write's answer`,
    ...at(location),
  }));
}

function dropped({ failure, culprit }: Scene): Attempt[] {
  const set = failure.history.events[culprit.stored];
  const location = set?.kind === "cache" ? set.location : undefined;
  return [
    {
      repairs: [{ kind: "drop-stale-set" }],
      cause: "stale-set-race",
      change: "the overtaken read's set left out",
      ...at(location),
    },
  ];
}

function nameOf(mutation: CacheMutation | undefined): string {
  return mutation?.operation ?? "own work";
}

function at(location: Location | undefined): { location?: Location } {
  return location === undefined ? {} : { location };
}
