/**
 * The story as something to check: its own data, its crowd of writes, and one write more, played in gated worlds
 * through the participant's handlers. Every number comes out of a response of that run. Judges nothing.
 */
import type { Cast, History, RequestRef, RunPlan, Scenario, Verdict } from "../vocabulary.ts";

type Played = Pick<
  Scenario,
  "schema" | "routes" | "costly" | "bookkeeping" | "longestStaleness" | "seedWorld" | "truth"
>;

/** Tells a replay token over the story's data from one over generated data. */
export const STORY_SEED = "story";

/** The scenario with the workshop's data instead of generated data, and the story's people as its cast. */
export function storyScenario(scenario: Scenario): Played {
  const { story } = scenario;
  const writes = Array.from({ length: story.crowd.count + 1 }, (_, n) => story.crowd.request(n % story.crowd.count));
  const cast: Cast = { reads: [story.viewer.request], writes, refused: [] };
  return {
    ...scenario,
    seedWorld: ({ db, random }) => {
      scenario.seedWorkshop(db, random);
      return cast;
    },
  };
}

/** With a look after every write; and as it is told, with one write more. */
export function storyPlans({ story }: Pick<Scenario, "story">): readonly [RunPlan, RunPlan] {
  const { count } = story.crowd;
  const crowd = Array.from({ length: count + 1 }, (_, n): RequestRef => `w${n}`);
  const told: RequestRef[] = ["r0", ...crowd.slice(0, count), "r0", ...crowd.slice(count), "r0"];
  const watched: RequestRef[] = ["r0", ...crowd.flatMap((write): RequestRef[] => [write, "r0"])];
  return [planOf(watched), planOf(told)];
}

function planOf(refs: readonly RequestRef[]): RunPlan {
  const phases = refs.map((ref, n) => ({ actors: [{ ref, instance: n % 2 === 0 ? (0 as const) : (1 as const) }] }));
  return { phases, probe: false, seed: STORY_SEED };
}

/** What the viewer was shown after the crowd, and after one write more; null unless both answers came. */
export function storyFigures({ story }: Pick<Scenario, "story">, histories: readonly History[]): Verdict["success"] {
  const [, told] = histories;
  const figures = (told?.requests ?? [])
    .filter(({ role, response }) => role === "read" && response?.status === 200)
    .map(({ response }) => story.figure(response?.body ?? null));
  const [, before, after] = figures;
  return before === undefined || after === undefined ? null : { before, after };
}
