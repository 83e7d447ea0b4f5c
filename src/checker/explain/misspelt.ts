/** Which changes of the cache went to a key under which nobody looks. Takes the scene of a failure; plays nothing. */
import type { CacheMutation } from "../judge/cache-use.ts";
import { hitKeys } from "./culprit.ts";
import type { Scene } from "./scene.ts";

type KeyedMutation = CacheMutation & { readonly key: string };

/** The first of each key, in the order of the history. */
export function misspelt(scene: Scene): KeyedMutation[] {
  const views = new Set([...scene.visited].map(shapeOf));
  const hits = new Set(hitKeys(scene.failure).map(shapeOf));
  // `item:9` is no misspelt `page:1` where others read `item:1`: it is a view of its own.
  const isOfAnotherView = (key: string): boolean => views.has(shapeOf(key)) && !hits.has(shapeOf(key));
  const strays = scene.mutations
    .filter(hasKey)
    .filter((event) => !scene.visited.has(event.key) && !isOfAnotherView(event.key) && knowsOfTheChange(scene, event));
  const first = strays.filter(({ key }, position) => strays.findIndex((other) => other.key === key) === position);
  return first.filter((event) => !isOneOfMany(event, first, hits));
}

function hasKey(event: CacheMutation): event is KeyedMutation {
  return event.key !== null;
}

/** A feed that had loaded its rows before the change tells of other changes, under their right names. */
function knowsOfTheChange({ failure, culprit }: Scene, mutation: CacheMutation): boolean {
  if (mutation.actor === culprit.write) return true;
  const { events, versions } = failure.history;
  const change = versions.findLast(({ actor }) => actor === culprit.write)?.event ?? -1;
  return events
    .slice(change + 1, events.indexOf(mutation))
    .some((event) => event.kind === "database" && event.actor === mutation.actor);
}

/** `page:1:10`, `page:1:20`, `page:1:50` are a list, from which `page:1:2` was left out. */
function isOneOfMany(event: KeyedMutation, all: readonly KeyedMutation[], hits: ReadonlySet<string>): boolean {
  const shape = shapeOf(event.key);
  return (
    hits.has(shape) &&
    all.some((other) => other !== event && other.actor === event.actor && shapeOf(other.key) === shape)
  );
}

/** What a key has in common with those of other rows. */
function shapeOf(key: string): string {
  return key.replaceAll(/\d+/g, "#");
}
