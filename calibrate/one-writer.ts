/**
 * A burst in which one writes and many read: where no number grows, this is how answers can be judged while a write is
 * under way. Takes a service, counts stale answers.
 */
import { isAnswered, isHopeless, note, type Watch } from "./observation.ts";
import { whileJobsRun, writeOutside } from "./outside.ts";
import { type Outside, SERVERS, type Service } from "./service.ts";
import { type Moment, openTimeline, type Timeline } from "./timeline.ts";

const READERS = 10;
const WRITES = 12;
/** Where there are external writes, one write in this many is one of them. */
const WRITES_PER_EXTERNAL = 2;

/** `outside` is null for a burst of the service's own. The jobs may have something to tell when it is over. */
export async function oneWriter(watch: Watch, outside: Outside | null): Promise<void> {
  const timeline = openTimeline(momentOf(watch.service));
  if (outside === null) return writeAndRead(watch, timeline, null);
  const jobs = { outside, begin: () => timeline.jobsBegin() };
  await whileJobsRun(watch, jobs, async () => writeAndRead(watch, timeline, outside));
}

async function writeAndRead(watch: Watch, timeline: Timeline, outside: Outside | null): Promise<void> {
  const over = new AbortController();
  const reader = async (): Promise<void> => {
    while (!over.signal.aborted) await readOnce(watch, timeline);
  };
  const readers = Array.from({ length: READERS }, reader);
  try {
    for (let n = 0; n < WRITES && !isHopeless(watch.counts) && !watch.stopped(); n += 1)
      await writeOnce(watch, timeline, outside);
  } finally {
    over.abort();
    await Promise.all(readers);
  }
}

async function writeOnce(
  { service, random, counts }: Watch,
  timeline: Timeline,
  outside: Outside | null,
): Promise<void> {
  if (outside !== null && random.integer(1, WRITES_PER_EXTERNAL) === 1) {
    writeOutside(outside, random);
    timeline.unheard(momentOf(service));
    return;
  }
  const answer = await service.write(random.integer(0, service.writes - 1), random.integer(0, SERVERS - 1));
  note(counts, answer);
  if (isAnswered(answer)) timeline.acknowledged(momentOf(service));
  else timeline.unheard(momentOf(service));
}

async function readOnce({ service, random, counts }: Watch, timeline: Timeline): Promise<void> {
  const read = random.integer(0, service.reads - 1);
  const isStale = timeline.sent(read);
  const answer = await service.read(read, random.integer(0, SERVERS - 1));
  note(counts, answer);
  if (isAnswered(answer) && isStale(answer, service.truth(read))) counts.staleInFlight += 1;
}

function momentOf(service: Service): Moment {
  return Array.from({ length: service.reads }, (_, read) => service.truth(read));
}
