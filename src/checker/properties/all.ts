/** All properties of a scenario in the order in which they are judged: by star, the common ones before its own. */
import type { History, Scenario, ScenarioProperty } from "../../vocabulary.ts";
import { failureComplaint, judgeAnswers } from "../judge/answers.ts";
import { contractKept } from "./contract-kept.ts";
import { freshAroundWrites } from "./fresh-around-writes.ts";
import { freshInSequence } from "./fresh-in-sequence.ts";
import { freshUnderRace } from "./fresh-under-race.ts";
import { precise } from "./precise.ts";
import type { Property } from "./property.ts";
import { stillCached } from "./still-cached.ts";
import { survivesOutage } from "./survives-outage.ts";

const COMMON: readonly Property[] = [
  contractKept,
  freshInSequence,
  stillCached,
  freshAroundWrites,
  precise,
  freshUnderRace,
  survivesOutage,
];

export function propertiesOf(scenario: Pick<Scenario, "properties">): Property[] {
  const own = (scenario.properties ?? []).map(adopt);
  return [...COMMON, ...own].sort((one, other) => one.star - other.star);
}

/** A scenario's own property is explored as deeply as the common ones of its star, and judged like them unless it says how. */
function adopt(property: ScenarioProperty): Property {
  const { id, star, asks, follow, judge } = property;
  return {
    id,
    star,
    asks,
    ...(follow === undefined ? {} : { follow }),
    plans: ({ shape, seed }) => property.plans(shape).map((plan) => ({ ...plan, seed: `${seed}/${plan.seed}` })),
    switches: ({ thorough }) => star - 1 + (thorough && star === 3 ? 1 : 0),
    judge: (history) => (judge === undefined ? judgeAnswers(id, history) : (judge(history) ?? failed(id, history))),
  };
}

function failed(property: string, history: History): ReturnType<Property["judge"]> {
  const complaint = failureComplaint(history);
  return complaint === null ? null : { property, ...complaint };
}
