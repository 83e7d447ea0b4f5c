/** The template's scenario with one part after another spoilt: the survey names the part, and nothing but that. */
import { expect, test } from "vitest";
import { scenario } from "../../templates/scenario/scenario.ts";
import type { Cast, Scenario } from "../vocabulary.ts";
import { surveyScenario } from "./survey-scenario.ts";

function withCast(change: (cast: Cast) => Partial<Cast>): Partial<Scenario> {
  return {
    seedWorld: (world) => {
      const cast = scenario.seedWorld(world);
      return { ...cast, ...change(cast) };
    },
  };
}

function throwing(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

test("a scenario that works has no fault", () => {
  expect(surveyScenario(scenario)).toEqual([]);
});

test.each<[string, Partial<Scenario>, { part: string; message: RegExp }[]]>([
  ["SQL that is none", { schema: "CREATE TABEL x;" }, [{ part: "schema", message: /syntax error/u }]],
  ["a seeding that throws", { seedWorld: throwing("oops") }, [{ part: "seedWorld", message: /^oops$/u }]],
  [
    "too few writes",
    withCast(({ writes }) => ({ writes: writes.slice(0, 2) })),
    [{ part: "seedWorld", message: /at least 3 writes/u }],
  ],
  [
    "a route that is not there",
    withCast(({ refused }) => ({ refused: refused.map((request) => ({ ...request, route: "nowhere" })) })),
    [{ part: "seedWorld", message: /^refused: no route has the id "nowhere"$/u }],
  ],
  [
    "a write among the reads",
    withCast(({ reads, writes }) => ({ reads: [...reads, ...writes] })),
    [{ part: "seedWorld", message: /^reads: delay \/trains\/\d+\/delay goes to a route of the role "write"$/u }],
  ],
  [
    "a truth that throws",
    { truth: throwing("oops") },
    [
      { part: "truth", message: /^departure \/trains\/\d+: oops$/u },
      { part: "story", message: /^oops$/u },
    ],
  ],
  [
    "a truth that refuses nothing",
    { truth: (db, request) => ({ ...scenario.truth(db, request), status: 200 }) },
    [{ part: "truth", message: /^refused: .* must be refused, and truth says 200$/u }],
  ],
  [
    "a story of a train that is not there",
    { story: { ...scenario.story, viewer: { name: "x", request: { route: "departure", path: "/trains/99" } } } },
    [
      { part: "story", message: /answered with 404/u },
      { part: "story", message: /figure reads NaN .* actual 0/u },
    ],
  ],
  [
    "a crowd that is refused",
    {
      story: {
        ...scenario.story,
        crowd: { name: "x", count: 3, request: () => ({ route: "delay", path: "/trains/1/delay", body: "{}" }) },
      },
    },
    [{ part: "story", message: /^3 of the crowd's requests are refused/u }],
  ],
  ["no data for the story", { seedWorkshop: throwing("oops") }, [{ part: "seedWorkshop", message: /^oops$/u }]],
])("%s is named", (_, spoilt, told) => {
  const found = surveyScenario({ ...scenario, ...spoilt });
  expect(found).toEqual(told.map(({ part, message }) => ({ part, message: expect.stringMatching(message) })));
});
