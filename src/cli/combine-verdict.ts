/**
 * One verdict from what was explored and what was confirmed: a pass, and each star of it, needs both. Takes an explored
 * pass; runs nothing.
 */
import type { PropertyResult, Verdict } from "../vocabulary.ts";
import type { Confirmation } from "./confirm-run.ts";

type Broken = NonNullable<Confirmation["result"]>["broken"][number];

export function combine(explored: Verdict, { ending, result, third, success }: Confirmation): Verdict {
  if (ending !== null) return { ...ending, explored: explored.explored };
  if (result === null) throw new Error("a confirm run without a result");
  const confirmed = { schedules: result.schedules, complete: result.complete };
  const broken = result.broken.toSorted((one, other) => one.star - other.star)[0];
  if (broken !== undefined) return failedConfirm(explored, broken, confirmed);
  if (!result.complete || success === null) {
    return {
      ...explored,
      verdict: "inconclusive",
      stars: 0,
      confirmed,
      message: INCOMPLETE,
    };
  }
  return withThird({ ...explored, confirmed, success }, third);
}

/** A third star that was not confirmed is not awarded; whether that is enough depends on what was demanded. */
function withThird(passed: Verdict, third: Confirmation["third"]): Verdict {
  if (third === null) return passed;
  const confirmed = { schedules: (passed.confirmed?.schedules ?? 0) + third.schedules, complete: third.complete };
  const [broken] = third.broken;
  if (broken !== undefined) {
    const failed = failedConfirm(passed, broken, confirmed);
    if (passed.requiredStars === 3) return { ...failed, success: null };
    return { ...passed, stars: failed.stars, properties: failed.properties, confirmed };
  }
  if (third.complete) return { ...passed, confirmed };
  const limited: Verdict = { ...passed, stars: 2, confirmed };
  return passed.requiredStars === 3
    ? { ...limited, verdict: "inconclusive", success: null, message: INCOMPLETE }
    : limited;
}

const INCOMPLETE = "The confirm run could not be completed";

function brokenResult({ cause, counterexample }: Broken): Pick<PropertyResult, "outcome" | "cause" | "counterexample"> {
  return { outcome: "broken", cause, counterexample };
}

function failedConfirm(explored: Verdict, broken: Broken, confirmed: Verdict["confirmed"]): Verdict {
  const properties = explored.properties.map((property) =>
    property.id === broken.property ? { ...property, ...brokenResult(broken) } : property,
  );
  const stars = Math.min(explored.stars, broken.star - 1) as Verdict["stars"];
  const message =
    "Found only where each instance has a process of its own and nothing but a pipe to database and cache";
  return {
    ...explored,
    verdict: "fail",
    stars,
    cause: broken.cause,
    properties,
    counterexample: broken.counterexample,
    confirmed,
    message,
  };
}
