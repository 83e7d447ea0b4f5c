/**
 * One running service as a calibration sees it: requests by their position in the cast, the database's own truth, and
 * what happens beside requests. Joins servers, database and scenario; judges nothing.
 */
import type { Json, Outcome, RequestSpec, Scenario } from "../src/vocabulary.ts";
import type { ServerPair } from "./open-servers.ts";
import type { Answer, Figures } from "./oracle.ts";
import { sendRequest } from "./send-request.ts";
import type { SharedDatabase } from "./shared-database.ts";

export const SERVERS = 2;

export interface Service {
  readonly reads: number;
  /** Reads that come after those by position, asked aside: mistakable ones, and those that are refused at first. */
  readonly asides: number;
  readonly writes: number;
  read(read: number, server: number): Promise<Answer | null>;
  write(write: number, server: number): Promise<Answer | null>;
  /** What this read must be answered now. */
  truth(read: number): Outcome;
  /** The number that each read must show now. */
  figures(): Figures;
  figureIn(body: Json): number | null;
  /** null for a scenario without jobs: nobody would tell the service what others have written. */
  readonly outside: Outside | null;
}

/** What no request does. */
export interface Outside {
  /** How many external writes there are. */
  readonly writes: number;
  write(external: number): void;
  /** An external write that puts back what was seeded. */
  restore(): void;
  /** Runs each job once; gives the answer of the first that failed, or else of the last. */
  runJobs(server: number): Promise<Answer | null>;
}

export function openService(parts: { scenario: Scenario; database: SharedDatabase; servers: ServerPair }): Service {
  const { scenario, database, servers } = parts;
  const { cast } = database;
  const reads = [...cast.reads, ...(cast.others ?? []), ...cast.refused.filter(({ route }) => isRead(scenario, route))];
  const send = async (request: RequestSpec, server: number): Promise<Answer | null> =>
    sendRequest({ address: at(servers.addresses, server), routes: scenario.routes, request });
  const truth = (read: number): Outcome => scenario.truth(database.truth, at(reads, read));
  const figureIn = (body: Json): number | null => figureOf(scenario, body);
  return {
    reads: cast.reads.length,
    asides: reads.length - cast.reads.length,
    writes: cast.writes.length,
    read: async (read, server) => send(at(reads, read), server),
    write: async (write, server) => send(at(cast.writes, write), server),
    truth,
    figures: () => cast.reads.map((_, read) => figureIn(truth(read).body ?? null)), // what the truth leaves open is no number
    figureIn,
    outside: scenario.routes.some(({ role }) => role === "job") ? outsideOf(parts) : null,
  };
}

function outsideOf({ database, servers }: { database: SharedDatabase; servers: ServerPair }): Outside {
  const external = database.cast.external ?? [];
  return {
    writes: external.length,
    write: (write) => database.writeOutside(at(external, write)),
    restore: () => database.restore(),
    runJobs: async (server) => servers.runJobs(server),
  };
}

function isRead({ routes }: Scenario, route: string): boolean {
  return routes.some(({ id, role }) => id === route && role === "read");
}

function at<Item>(list: readonly Item[], position: number): Item {
  const item = list[position];
  if (item === undefined) throw new RangeError(`there is nothing at ${position} of ${list.length}`);
  return item;
}

function figureOf({ story }: Scenario, body: Json): number | null {
  try {
    const figure = story.figure(body);
    return Number.isFinite(figure) ? figure : null;
  } catch {
    return null; // an answer of another shape shows no number
  }
}
