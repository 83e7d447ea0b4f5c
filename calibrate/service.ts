/**
 * One running service as a calibration sees it: requests by their position in the cast, the database's own truth, and
 * what happens beside requests. Joins servers, database and scenario; judges nothing.
 */
import type { Cast, Json, Outcome, Scenario } from "../src/vocabulary.ts";
import type { ServerPair } from "./open-servers.ts";
import type { Answer, Figures } from "./oracle.ts";
import { sendRequest } from "./send-request.ts";
import type { SharedDatabase } from "./shared-database.ts";

export const SERVERS = 2;

export interface Service {
  readonly reads: number;
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
  const send = async (list: "reads" | "writes", position: number, server: number): Promise<Answer | null> => {
    const [request, address] = [at(cast, list, position), servers.addresses[server]];
    if (address === undefined) throw new RangeError(`there is no server ${server}`);
    return sendRequest({ address, routes: scenario.routes, request });
  };
  const truth = (read: number): Outcome => scenario.truth(database.truth, at(cast, "reads", read));
  const figureIn = (body: Json): number | null => figureOf(scenario, body);
  return {
    reads: cast.reads.length,
    writes: cast.writes.length,
    read: async (read, server) => send("reads", read, server),
    write: async (write, server) => send("writes", write, server),
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
    write: (position) => {
      const write = external[position];
      if (write === undefined) throw new RangeError(`there is no external write ${position}`);
      database.writeOutside(write);
    },
    restore: () => database.restore(),
    runJobs: async (server) => servers.runJobs(server),
  };
}

function at(cast: Cast, list: "reads" | "writes", position: number): Cast["reads"][number] {
  const request = cast[list][position];
  if (request === undefined) throw new RangeError(`there is nothing at ${position} of ${list}`);
  return request;
}

function figureOf({ story }: Scenario, body: Json): number | null {
  try {
    const figure = story.figure(body);
    return Number.isFinite(figure) ? figure : null;
  } catch {
    return null; // an answer of another shape shows no number
  }
}
