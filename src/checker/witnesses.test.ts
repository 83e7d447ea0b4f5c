/** What counts as an entry that somebody replaced, over histories written by hand: looks, and writes in between. */
import { expect, test } from "vitest";
import type { Event, History, RequestRecord, Version } from "../vocabulary.ts";
import { invalidations } from "./witnesses.ts";

type Act = { readonly look: number } | { readonly write: number };

/** One request after the other, each in two events; a look is served this figure by the cache, a write commits its own. */
function history(start: number, ...acts: readonly Act[]): History {
  const outcomes = (figure: number): Version["outcomes"] => acts.map(() => ({ status: 200, body: { figure } }));
  const events: Event[] = acts.flatMap((_, actor): Event[] => [
    { kind: "cache", operation: "get", key: "figure", hit: true, actor, at: 0 },
    { kind: "answer", actor, at: 0 },
  ]);
  const common = { instance: 0, method: "GET", path: "/", probe: false, error: null } as const;
  const requests = acts.map((act, n): RequestRecord => ({
    ...common,
    arrived: 2 * n,
    answered: 2 * n + 1,
    ...("look" in act ? { ref: "r0", role: "read" } : { ref: "w0", role: "write" }),
    response: { status: 200, contentType: "application/json", body: { figure: "look" in act ? act.look : act.write } },
  }));
  const committed = acts.flatMap((act, actor): Version[] =>
    "write" in act ? [{ event: 2 * actor, actor, outcomes: outcomes(act.write) }] : [],
  );
  const versions = [{ event: -1, actor: null, outcomes: outcomes(start) }, ...committed];
  return { events, requests, versions } as unknown as History;
}

test("a look that shows what was written since the last look was freed by that write", () => {
  expect(invalidations(history(1, { look: 1 }, { write: 2 }, { look: 2 }))).toEqual([{ read: "r0", write: "w0" }]);
});

test("an old answer is no invalidation, not even when a later write makes it true again", () => {
  expect(invalidations(history(1, { look: 1 }, { write: 2 }, { look: 1 }))).toEqual([]);
  expect(invalidations(history(1, { look: 1 }, { write: 2 }, { look: 1 }, { write: 1 }, { look: 1 }))).toEqual([]);
});
