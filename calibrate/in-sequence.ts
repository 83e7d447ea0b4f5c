/**
 * A service with one request at a time: after each write, and after each external write that the jobs have told it of,
 * everything is read through every server, and all of it must be true.
 */
import { countAsides, countOneByOne } from "./look.ts";
import { isHopeless, note, type Watch } from "./observation.ts";
import { type Figures, learnGrowth } from "./oracle.ts";
import { runJobs } from "./outside.ts";
import { type Outside, SERVERS } from "./service.ts";

const WRITES_ALONE = 9;

/** Gives what the writes add to the reads; null where that cannot be counted on. */
export async function oneAtATime(watch: Watch): Promise<number[][] | null> {
  const { service, counts } = watch;
  counts.untrueInSequence += (await countAsides(watch)) + (await countOneByOne(watch));
  const growth = await writesAlone(watch);
  counts.untrueInSequence += await countAsides(watch);
  if (service.outside !== null) await externalWritesAlone(watch, service.outside);
  return growth;
}

async function writesAlone(watch: Watch): Promise<number[][] | null> {
  const { service, random, counts } = watch;
  const alone: { write: number; before: Figures; after: Figures }[] = [];
  for (let n = 0; n < WRITES_ALONE && goesOn(watch); n += 1) {
    const write = n % service.writes;
    const before = service.figures();
    note(counts, await service.write(write, random.integer(0, SERVERS - 1)));
    alone.push({ write, before, after: service.figures() });
    counts.untrueInSequence += await countOneByOne(watch);
  }
  return learnGrowth(alone);
}

/** Each by itself, and all before one run of the jobs: they may be about one row each. */
async function externalWritesAlone(watch: Watch, outside: Outside): Promise<void> {
  const writes = Array.from({ length: outside.writes }, (_, n) => () => outside.write(n));
  const turns = [...writes.map((write) => [write]), writes];
  for (const turn of turns)
    for (const changes of [[outside.restore], turn]) if (goesOn(watch)) await tellOf(watch, outside, changes);
}

/** Whoever was not told by a run that failed owes nothing. */
async function tellOf(watch: Watch, outside: Outside, changes: readonly (() => void)[]): Promise<void> {
  for (const change of changes) change();
  if (await runJobs(watch, outside)) watch.counts.untrueAfterJob += await countOneByOne(watch);
}

function goesOn({ counts, stopped }: Watch): boolean {
  return !isHopeless(counts) && !stopped();
}
