/**
 * The workloads of a load test, from a scenario's story: its viewer looks, its crowd writes. Pure; sends nothing.
 */
import type { RequestSpec, Scenario } from "../vocabulary.ts";

export type WorkloadName = "warm-up" | "mixed" | "stale-read";

export interface Workload {
  readonly name: WorkloadName;
  readonly asks: string;
  /** Each connection sends these, one after the other and again from the first. */
  readonly turns: readonly ("read" | "write")[];
}

const WORKLOADS: readonly Workload[] = [
  { name: "warm-up", asks: "everybody looks", turns: ["read"] },
  { name: "mixed", asks: "nine look, one writes", turns: [...turns("read", 9), "write"] },
  { name: "stale-read", asks: "each write is followed by three looks", turns: ["write", ...turns("read", 3)] },
];

/** All of them, in their order, or the one that is named. */
export function chooseWorkloads(name: WorkloadName | undefined): readonly Workload[] {
  return name === undefined ? WORKLOADS : WORKLOADS.filter((workload) => workload.name === name);
}

export interface Traffic {
  readonly read: Sent;
  /** The next write, whoever sends it. */
  write(): Sent;
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function trafficOf({ routes, story }: Pick<Scenario, "routes" | "story">): Traffic {
  let writes = 0;
  const sent = (spec: RequestSpec): Sent => ({
    method: routes.find(({ id }) => id === spec.route)?.method ?? "GET",
    path: spec.path,
    headers: { ...(spec.body === undefined ? {} : { "content-type": "application/json" }), ...spec.headers },
    body: spec.body,
  });
  return {
    read: sent(story.viewer.request),
    write: () => sent(story.crowd.request(writes++ % story.crowd.count)),
  };
}

function turns(kind: "read" | "write", count: number): ("read" | "write")[] {
  return Array.from({ length: count }, () => kind);
}
