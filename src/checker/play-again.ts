/** Plays a failing schedule again, exactly. Gives the failure anew, or null when it does not show: chance is at work. */
import type { History, Run } from "../vocabulary.ts";
import { replaySchedule } from "./choose/replay.ts";
import type { Failure } from "./explore.ts";
import type { Property, Setting } from "./properties/property.ts";

export async function playAgain(options: {
  property: Property;
  setting: Pick<Setting, "usefulFor">;
  run: Run;
  failure: Failure;
  /** Record values and places in the source. */
  trace?: boolean;
}): Promise<Failure | null> {
  const { property, setting, run, failure, trace } = options;
  const { plan, schedule } = failure.history;
  const history: History = await run(trace === true ? { ...plan, trace } : plan, replaySchedule(schedule));
  if (history.end.kind === "diverged") return null;
  const finding = property.judge(history, setting);
  if (finding === null || finding.kind !== failure.finding.kind || finding.request !== failure.finding.request)
    return null;
  return { history, finding };
}
