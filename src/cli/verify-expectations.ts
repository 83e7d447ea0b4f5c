/**
 * What the kill matrix of a scenario expects: one row for the starter, each accepted and each rejected
 * fix, and each sample answer.
 * Takes the scenario's folder; compares a row with a verdict; runs nothing.
 */
import { fixFiles, loadFixes, pages, starterFiles } from "../scenario/index.ts";
import type { Cause, PropertyId, Scenario, Star, Verdict, VerdictKind } from "../vocabulary.ts";

export interface Expectation {
  readonly kind: "starter" | "accepted" | "rejected" | "sample";
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** Stars to demand of this check. */
  readonly demanded: Star;
  readonly verdict: VerdictKind;
  readonly cause: Cause | null;
  /** The property that must be broken; null where the handlers do not get that far, and for passes. */
  readonly property: PropertyId | null;
  /** Stars to be earned by a pass; the star of the broken property else. */
  readonly star: Star;
}

interface Place {
  readonly root: string;
  readonly scenario: Scenario;
}

export async function expectationsOf(place: Place): Promise<Expectation[]> {
  const { requiredStars: demanded, starterFails, slug } = place.scenario;
  const files = await starterFiles({ root: place.root, slug });
  const starter: Expectation = { kind: "starter", name: "starter", files, demanded, verdict: "fail", ...starterFails };
  const fixes = await Promise.all([acceptedOf(place), rejectedOf(place), samplesOf(place)]);
  return [starter, ...fixes.flat()];
}

async function acceptedOf({ root, scenario }: Place): Promise<Expectation[]> {
  const at = { root, slug: scenario.slug };
  const fixes = await loadFixes({ ...at, kind: "accepted" });
  return await Promise.all(
    fixes.map(async (fix) => ({
      kind: "accepted",
      name: fix.name,
      files: await fixFiles({ ...at, fix }),
      demanded: scenario.requiredStars,
      verdict: "pass",
      cause: null,
      property: null,
      star: fix.manifest.stars,
    })),
  );
}

async function rejectedOf({ root, scenario }: Place): Promise<Expectation[]> {
  const at = { root, slug: scenario.slug };
  const fixes = await loadFixes({ ...at, kind: "rejected" });
  return await Promise.all(
    fixes.map(async (fix) => {
      const { verdict, cause, property, star, stars } = fix.manifest;
      const files = await fixFiles({ ...at, fix });
      const demanded = stars ?? scenario.requiredStars;
      return { kind: "rejected", name: fix.name, files, demanded, verdict, cause, property, star };
    }),
  );
}

async function samplesOf({ root, scenario }: Place): Promise<Expectation[]> {
  const at = { root, slug: scenario.slug };
  const samples = await pages.loadSamples(at);
  return await Promise.all(
    samples.map(async (sample) => {
      const { verdict, cause, property, star } = sample.manifest;
      const files = await fixFiles({ ...at, fix: sample });
      const demanded = scenario.requiredStars;
      return { kind: "sample", name: `level-${sample.level}`, files, demanded, verdict, cause, property, star };
    }),
  );
}

/** The lowest property that the verdict found broken: the one that killed the fix. */
export function killerOf(verdict: Verdict): { readonly property: PropertyId; readonly star: Star } | null {
  const broken = verdict.properties.filter(({ outcome }) => outcome === "broken");
  const named = broken.find(({ id }) => id === verdict.counterexample?.property);
  const killer = named ?? broken[0];
  return killer === undefined ? null : { property: killer.id, star: killer.star };
}

/** What differs from the expectation, in words; empty when nothing does. */
export function mismatches(expected: Expectation, verdict: Verdict): string[] {
  const found: string[] = [];
  const compare = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== got) found.push(`${what}: expected ${String(wanted)}, got ${String(got)}`);
  };
  compare("verdict", expected.verdict, verdict.verdict);
  if (verdict.verdict !== "pass") compare("cause", expected.cause, verdict.cause);
  // What broke in another kind of verdict would say nothing about this one.
  if (expected.verdict !== verdict.verdict) return found;
  if (expected.verdict === "pass") compare("stars", expected.star, verdict.stars);
  if (expected.property !== null) {
    const killer = killerOf(verdict);
    compare("broken property", expected.property, killer?.property ?? null);
    compare("broken star", expected.star, killer?.star ?? null);
  }
  return found;
}
