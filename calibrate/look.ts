/** Reads everything through every server while nobody writes, and counts what is not true. */
import type { Random } from "../src/vocabulary.ts";
import { isAnswered, note, type Watch } from "./observation.ts";
import { isTrue } from "./oracle.ts";
import { SERVERS, type Service } from "./service.ts";

/** One after the other, in any order. */
export async function countOneByOne(watch: Watch): Promise<number> {
  let untrue = 0;
  for (const read of shuffled(everyRead(watch.service), watch.random)) if (await isUntrue(watch, read)) untrue += 1;
  return untrue;
}

/** All at once: nobody writes any more, so the order of the reads must not matter. */
export async function countAtOnce(watch: Watch): Promise<number> {
  const untrue = await Promise.all(everyRead(watch.service).map(async (read) => isUntrue(watch, read)));
  return untrue.filter(Boolean).length;
}

/** What nobody asks in a burst, twice over: each is asked between its neighbours, and of either server. */
export async function countAsides(watch: Watch): Promise<number> {
  const { reads, asides } = watch.service;
  let untrue = 0;
  for (let n = 0; n < asides * SERVERS; n += 1)
    if (await isUntrue(watch, { read: reads + (n % asides), server: (n + Math.floor(n / asides)) % SERVERS }))
      untrue += 1;
  return untrue;
}

interface Read {
  readonly read: number;
  readonly server: number;
}

async function isUntrue({ service, counts }: Watch, { read, server }: Read): Promise<boolean> {
  const before = service.truth(read);
  const answer = await service.read(read, server);
  note(counts, answer);
  // A write that was answered before it was done may still commit: both sides of that moment are true.
  return isAnswered(answer) && ![before, service.truth(read)].some((truth) => isTrue(answer, truth));
}

function everyRead({ reads }: Service): Read[] {
  return Array.from({ length: reads * SERVERS }, (_, n) => ({ read: Math.floor(n / SERVERS), server: n % SERVERS }));
}

/** Fisher and Yates. */
function shuffled(list: readonly Read[], random: Random): Read[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random.integer(0, left.length - 1), 1));
}
