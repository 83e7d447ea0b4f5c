import { describe, expect, test } from "vitest";
import type { Json } from "../src/vocabulary.ts";
import { type Observation, observe } from "./observe.ts";
import type { Answer, Figures } from "./oracle.ts";
import { seededRandom } from "./seeded-random.ts";
import type { Service } from "./service.ts";

/** One counter that every write raises, and whatever a service chooses to answer. */
function counter(answer: (count: number, read: number) => number | null): Service {
  let [count, read] = [10, 0];
  const outcome = (): { status: number; body: Json } => ({ status: 200, body: { total: count } });
  const answerRead = async (): Promise<Answer | null> => {
    await Promise.resolve();
    read += 1;
    const total = answer(count, read);
    return total === null ? { status: 500, body: null } : { status: 200, body: { total } };
  };
  const answerWrite = async (): Promise<Answer> => {
    await Promise.resolve();
    count += 1;
    return { status: 201, body: null };
  };
  return {
    reads: 1,
    writes: 1,
    read: answerRead,
    write: answerWrite,
    truth: () => [outcome()],
    figures: () => [count],
    figureIn: (body) => (body as { total: number }).total,
  };
}

async function watch(service: Service, bursts = 1): Promise<Observation> {
  let rests = 0;
  const figures = (): Figures => {
    rests += 1;
    return service.figures();
  };
  // Figures are taken twice for each of the nine writes alone and once for each burst.
  const stopped = (): boolean => rests >= 18 + bursts;
  return observe({ service: { ...service, figures }, random: seededRandom("test"), timeLimit: 60_000, stopped });
}

describe("observe", () => {
  test("finds nothing in a service that always tells the truth", async () => {
    const seen = await watch(counter((count) => count));
    expect(seen).toMatchObject({ untrueInSequence: 0, staleInFlight: 0, impossible: 0, untrueAtRest: 0, failed: 0 });
    expect(seen.requests).toBe(2 + 9 * 3 + 80 + 2);
  });

  test("counts each kind of untruth of a service that stands still", async () => {
    const seen = await watch(counter(() => 10));
    expect(seen.untrueInSequence).toBe(9 * 2);
    expect(seen.untrueAtRest).toBe(2);
    expect(seen.staleInFlight).toBeGreaterThan(20);
    expect(seen.impossible).toBe(0);
  });

  test("knows from acknowledgements alone what was stale while writes were under way", async () => {
    const seen = await watch(counter((count) => Math.min(count, 10 + 9))); // stops when the burst begins
    expect(seen).toMatchObject({ untrueInSequence: 0, impossible: 0, untrueAtRest: 2 });
    expect(seen.staleInFlight).toBeGreaterThan(20);
  });

  test("counts numbers that the database has not held yet", async () => {
    const seen = await watch(counter((count) => count + 100));
    expect(seen.impossible).toBeGreaterThan(20);
    expect(seen.staleInFlight).toBe(0);
  });

  test("stops when more would prove nothing new", async () => {
    expect(
      (
        await watch(
          counter(() => 10),
          5,
        )
      ).bursts,
    ).toBe(1);
    expect(
      (
        await watch(
          counter((count) => count),
          5,
        )
      ).bursts,
    ).toBe(5);
  });

  test("gives up on a service that only fails, without calling it untrue", async () => {
    const seen = await watch(counter(() => null));
    expect(seen).toMatchObject({ untrueInSequence: 0, untrueAtRest: 0, bursts: 0 });
    expect(seen.failed).toBeGreaterThanOrEqual(10);
    expect(seen.requests).toBeLessThan(40);
  });
});
