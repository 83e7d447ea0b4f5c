/** ★★ A write forgets only what it made untrue: warm reads whose truth did not change compute nothing again. */
import type { Finding, History, RunPlan } from "../../vocabulary.ts";
import { failureComplaint } from "../judge/answers.ts";
import { visitsCostly } from "../judge/cache-use.ts";
import { samePattern } from "../judge/pattern.ts";
import { countTo, inSequence, jobRef, readRef, writeRef } from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "precise";

export const precise: Property = {
  id: ID,
  star: 2,
  asks: "after an acknowledged write, warm reads whose truth did not change recompute nothing",
  plans,
  switches: () => 0,
  judge,
};

function plans({ shape, seed }: Setting): RunPlan[] {
  return countTo(shape.writes, (write): RunPlan => {
    const reads = countTo(shape.reads, readRef);
    const untouched = reads.filter(
      (_, read) => shape.changes[write]?.includes(read) !== true && shape.shared?.includes(read) !== true,
    );
    // What the service does by itself hears of the write, too, and may forget too much as well.
    const jobs = countTo(shape.jobs ?? 0, jobRef).flatMap((job) => [job, ...untouched]);
    return { phases: inSequence([...reads, writeRef(write), ...untouched, ...jobs]), probe: false, seed };
  });
}

function judge(history: History): Finding | null {
  const failure = failureComplaint(history);
  if (failure !== null) return { property: ID, ...failure };
  const request = history.requests.findIndex(
    (_, position) => isWarm(history, position) && visitsCostly(history, position),
  );
  if (request < 0) return null;
  return {
    property: ID,
    kind: "recomputed",
    request,
    cause: "cleared-everything",
    detail: "computed again although nothing about it changed",
  };
}

/** The same read was answered before, a write or a job was over in between, and no commit changed its truth. */
function isWarm(history: History, request: number): boolean {
  const record = history.requests[request];
  if (record?.role !== "read" || record.response?.status !== 200) return false;
  const earlier = history.requests.findLast(
    (other) => other.ref === record.ref && other.answered !== null && other.answered < record.arrived,
  );
  const since = earlier?.answered ?? Infinity;
  const isAfterChange = history.requests.some(
    ({ role, answered, arrived }) =>
      (role === "write" || role === "job") && (answered ?? -1) > since && arrived < record.arrived,
  );
  const first = history.versions[0]?.outcomes[request]?.body;
  return isAfterChange && history.versions.every((version) => samePattern(version.outcomes[request]?.body, first));
}
