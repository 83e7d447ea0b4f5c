/**
 * One running service as a calibration sees it: requests by their position in the cast, and the database's own truth.
 * Joins servers, database and scenario; judges nothing.
 */
import type { Cast, Json, Outcome, Scenario, TruthReader } from "../src/vocabulary.ts";
import type { Answer, Figures } from "./oracle.ts";
import { sendRequest } from "./send-request.ts";

export interface Service {
  readonly reads: number;
  readonly writes: number;
  read(read: number, server: number): Promise<Answer | null>;
  write(write: number, server: number): Promise<Answer | null>;
  /** What each read must be answered now. */
  truth(): readonly Outcome[];
  /** The number that each read must show now. */
  figures(): Figures;
  figureIn(body: Json): number | null;
}

export function openService(parts: {
  scenario: Scenario;
  cast: Cast;
  truth: TruthReader;
  addresses: readonly [string, string];
}): Service {
  const { scenario, cast, addresses } = parts;
  const send = async (list: "reads" | "writes", position: number, server: number): Promise<Answer | null> => {
    const [request, address] = [cast[list][position], addresses[server]];
    if (request === undefined || address === undefined) throw new RangeError(`no ${list} ${position} on ${server}`);
    return sendRequest({ address, routes: scenario.routes, request });
  };
  const truth = (): readonly Outcome[] => cast.reads.map((request) => scenario.truth(parts.truth, request));
  const figureIn = (body: Json): number | null => figureOf(scenario, body);
  return {
    reads: cast.reads.length,
    writes: cast.writes.length,
    read: async (read, server) => send("reads", read, server),
    write: async (write, server) => send("writes", write, server),
    truth,
    figures: () => truth().map(({ body }) => figureIn(body ?? null)), // a read's truth holds no placeholders
    figureIn,
  };
}

function figureOf({ story }: Scenario, body: Json): number | null {
  try {
    const figure = story.figure(body);
    return Number.isFinite(figure) ? figure : null;
  } catch {
    return null; // an answer of another shape shows no number
  }
}
