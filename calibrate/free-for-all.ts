/**
 * A burst in which everybody reads and writes at once. Where writes make numbers grow by known steps, each answer is
 * judged by its number as it comes; what else went wrong has to be looked for at rest.
 */
import { isAnswered, note, type Watch } from "./observation.ts";
import { judgeFigure, openLedger } from "./oracle.ts";
import { whileJobsRun, writeOutside } from "./outside.ts";
import { type Outside, SERVERS } from "./service.ts";

const REQUESTS = 80;
const CLIENTS = 20;
/** One request in this many is a write. */
const READS_PER_WRITE = 4;
/** Where there are external writes, one write in this many is one of them. */
const WRITES_PER_EXTERNAL = 3;

export interface FreeForAll {
  /** What each write adds to the number that each read shows; null: nothing that can be counted on. */
  readonly growth: number[][] | null;
  /** null for a burst of the service's own. The jobs may have something to tell when it is over. */
  readonly outside: Outside | null;
}

export async function freeForAll(watch: Watch, { growth, outside }: FreeForAll): Promise<void> {
  const ledger = openLedger(watch.service.figures(), growth ?? []);
  const inFlight: InFlight = { ...watch, ledger, counted: growth !== null, outside };
  if (outside === null) return everybody(inFlight);
  await whileJobsRun(watch, { outside, begin: () => () => undefined }, async () => everybody(inFlight));
}

interface InFlight extends Watch {
  readonly ledger: ReturnType<typeof openLedger>;
  /** Numbers can be judged while writes are under way. */
  readonly counted: boolean;
  readonly outside: Outside | null;
}

/** Some clients at once, each sending the next request as soon as its last was answered. */
async function everybody(inFlight: InFlight): Promise<void> {
  const { random } = inFlight;
  let left = REQUESTS;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (random.integer(0, READS_PER_WRITE) === 0) await writeOnce(inFlight);
      else await readOnce(inFlight);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function writeOnce({ service, random, counts, ledger, outside }: InFlight): Promise<void> {
  if (outside !== null && random.integer(1, WRITES_PER_EXTERNAL) === 1) return writeOutside(outside, random);
  const server = random.integer(0, SERVERS - 1);
  const write = random.integer(0, service.writes - 1);
  ledger.sent(write);
  const answer = await service.write(write, server);
  note(counts, answer);
  if (answer !== null && answer.status < 300) ledger.acknowledged(write);
}

async function readOnce({ service, random, counts, ledger, counted }: InFlight): Promise<void> {
  const server = random.integer(0, SERVERS - 1);
  const read = random.integer(0, service.reads - 1);
  const floor = ledger.floor(read);
  const answer = await service.read(read, server);
  note(counts, answer);
  if (!counted || !isAnswered(answer) || Number.isNaN(floor)) return;
  const judged = judgeFigure(service.figureIn(answer.body), { floor, ceiling: ledger.ceiling(read) });
  if (judged === "stale") counts.staleInFlight += 1;
  if (judged === "impossible") counts.impossible += 1;
}
