/**
 * The number that people look at, step by step through a failure: as it was last answered, and as the database has it.
 * Takes the truth that the history carries; asks nobody.
 */
import type { History, Json, Pattern, StoryStep } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";

/** For the event at a position; undefined where the request at fault has no such number. */
export type StepFigures = (position: number) => StoryStep["figures"] | undefined;

export function stepFigures({ history, finding }: Failure, figure: ((body: Json) => number) | undefined): StepFigures {
  if (figure === undefined) return () => undefined;
  const numberIn = (body: Json | Pattern | undefined): number | null => numberOf(figure, body);
  return (position) => {
    const actual = numberIn(truthAt(history, finding.request, position));
    return actual === null ? undefined : { shown: numberIn(lastAnswer(history, finding.request, position)), actual };
  };
}

function truthAt({ versions }: History, request: number, position: number): Pattern | undefined {
  return versions.findLast(({ event }) => event <= position)?.outcomes[request]?.body;
}

/** The newest answer to the same question, whoever asked. */
function lastAnswer({ requests }: History, request: number, position: number): Json | undefined {
  const ref = requests[request]?.ref;
  const answered = requests.filter((record) => record.ref === ref && (record.answered ?? Infinity) <= position);
  return answered.sort((one, other) => (one.answered ?? 0) - (other.answered ?? 0)).at(-1)?.response?.body;
}

function numberOf(figure: (body: Json) => number, body: Json | Pattern | undefined): number | null {
  if (body === undefined) return null;
  try {
    const number = figure(body);
    return Number.isFinite(number) ? number : null;
  } catch {
    return null; // an error's body need not have the shape that the figure is read from
  }
}
