import { beforeEach, expect, test } from "vitest";
import { nothingSeen, type Watch } from "./observation.ts";
import type { Answer } from "./oracle.ts";
import { runJobs, whileJobsRun } from "./outside.ts";
import { seededRandom } from "./seeded-random.ts";
import type { Outside, Service } from "./service.ts";

const NO_SERVICE: Service = {
  reads: 0,
  asides: 0,
  writes: 0,
  read: async () => Promise.resolve(null),
  write: async () => Promise.resolve(null),
  truth: () => ({ status: 200 }),
  figures: () => [],
  figureIn: () => null,
  outside: null,
};

let watch: Watch;
let diary: string[];

beforeEach(() => {
  diary = [];
  watch = { service: NO_SERVICE, random: seededRandom("test"), counts: nothingSeen(), stopped: () => false };
});

/** `answers` are given one after the other; the body is over when the last of these runs has begun. */
function playJobs(answers: readonly (Answer | null)[]): { outside: Outside; body: () => Promise<void> } {
  const last = Promise.withResolvers<void>();
  let runs = 0;
  const outside: Outside = {
    writes: 0,
    write: () => undefined,
    restore: () => undefined,
    runJobs: async (server) => {
      const answer = answers[runs] ?? null;
      runs += 1;
      diary.push(`begins on ${server}`);
      if (runs === answers.length) last.resolve();
      await Promise.resolve();
      diary.push("ends");
      return answer;
    },
  };
  return { outside, body: async () => last.promise };
}

async function countDone(answers: readonly (Answer | null)[]): Promise<number> {
  const { outside, body } = playJobs(answers);
  let done = 0;
  const begin = () => () => {
    done += 1;
  };
  await whileJobsRun(watch, { outside, begin }, body);
  return done;
}

const DONE: Answer = { status: 204, body: null };

test("jobs run one after the other on one server until the body is over, the last one to its end", async () => {
  expect(await countDone([DONE, DONE, DONE])).toBe(3);
  const leader = diary[0] ?? "";
  expect(diary).toEqual([leader, "ends", leader, "ends", leader, "ends"]);
  expect(watch.counts).toMatchObject({ requests: 3, failed: 0 });
});

test("a run that was refused, failed or never ended has told of nothing", async () => {
  expect(await countDone([{ ...DONE, status: 409 }, { ...DONE, status: 500 }, null, DONE])).toBe(1);
  expect(watch.counts).toMatchObject({ requests: 4, failed: 2 });
});

test("jobs end with a body that fails, and its error is told", async () => {
  const { outside } = playJobs([DONE]);
  const failing = async (): Promise<void> => Promise.reject(new Error("the body failed"));
  await expect(whileJobsRun(watch, { outside, begin: () => () => undefined }, failing)).rejects.toThrow("body failed");
  expect(diary).toHaveLength(2);
});

test("one run says whether it has done what there was to do", async () => {
  const { outside } = playJobs([DONE, { ...DONE, status: 400 }, null]);
  const run = async (): Promise<boolean> => runJobs(watch, outside);
  expect([await run(), await run(), await run()]).toEqual([true, false, false]);
});
