import { describe, expect, test, vi } from "vitest";
import type { Json } from "../src/vocabulary.ts";
import type { Observation } from "./observation.ts";
import { observe } from "./observe.ts";
import type { Answer } from "./oracle.ts";
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
    asides: 0,
    writes: 1,
    read: answerRead,
    write: answerWrite,
    truth: outcome,
    figures: () => [count],
    figureIn: (body) => (body as { total: number }).total,
    outside: null,
  };
}

interface Shop {
  /** In the database. */
  price: number;
  /** What jobs have told the service of, and its own writes. */
  known: number;
  /** What it was before that. */
  before: number;
  reads: number;
}

/** One price, by turns lower and higher: no number grows. Another program and a job are at work beside the service. */
function shop(answer: (shop: Shop) => number, { jobStatus = 200, moves = [-7, 3, 5, -4] } = {}): Service {
  const state: Shop = { price: 50, known: 50, before: 50, reads: 0 };
  let [writes, restored] = [0, 0];
  const know = (): void => {
    if (state.known !== state.price) Object.assign(state, { before: state.known, known: state.price });
  };
  return {
    reads: 1,
    asides: 0,
    writes: 1,
    read: async () => {
      await Promise.resolve();
      state.reads += 1;
      return { status: 200, body: { price: answer(state) } };
    },
    write: async () => {
      await Promise.resolve();
      const move = moves[(writes += 1) % moves.length] ?? 0;
      state.price += move;
      if (move !== 0) know();
      return { status: 200, body: null };
    },
    truth: () => ({ status: 200, body: { price: state.price } }),
    figures: () => [state.price],
    figureIn: (body) => (body as { price: number }).price,
    outside: {
      writes: 1,
      write: () => {
        state.price += 100;
      },
      restore: () => {
        restored += 1;
        state.price = 50 + restored / 100;
      },
      runJobs: async () => {
        await Promise.resolve();
        if (jobStatus < 400) know();
        return { status: jobStatus, body: null };
      },
    },
  };
}

async function watch(service: Service, bursts = 1): Promise<Observation> {
  return observe({ service, random: seededRandom("test"), timeLimit: 60_000, bursts, stopped: () => false });
}

/** Every sort of burst once: two of the service's own, then two with everything beside it. */
async function watchShop(service: Service): Promise<Observation> {
  return watch(service, 4);
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

  test("does not look at rest when somebody got no answer and may still be at work", async () => {
    const seen = await watch(counter((count, read) => (read === 30 ? null : Math.min(count, 10 + 9))));
    expect(seen).toMatchObject({ failed: 1, untrueAtRest: 0, bursts: 1 });
  });

  test("counts numbers that the database has not held yet", async () => {
    const seen = await watch(counter((count) => count + 100));
    expect(seen.impossible).toBeGreaterThan(20);
    expect(seen.staleInFlight).toBe(0);
  });

  test("asks what nobody asks in a burst before all writes and after them, of both servers", async () => {
    const asked: string[] = [];
    const honest = counter((count) => count);
    const read: Service["read"] = async (position, server) => {
      if (position > 0) asked.push(`${position} of ${server}`);
      return position === 2 ? { status: 200, body: { total: 0 } } : honest.read(position, server);
    };
    const seen = await watch({ ...honest, asides: 2, read });
    expect(asked).toEqual(["1 of 0", "2 of 1", "1 of 1", "2 of 0", "1 of 0", "2 of 1", "1 of 1", "2 of 0"]);
    expect(seen).toMatchObject({ untrueInSequence: 4, staleInFlight: 0, untrueAtRest: 0 });
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

describe("observe, where nothing grows and others write as well", () => {
  test("finds nothing in a service that always tells the truth", async () => {
    const seen = await watchShop(shop(({ price }) => price));
    expect(seen).toMatchObject({
      untrueInSequence: 0,
      untrueAfterJob: 0,
      staleInFlight: 0,
      untrueAtRest: 0,
      failed: 0,
    });
    expect(seen.bursts).toBe(4);
  });

  test("nor in one that hears of external writes from its job alone", async () => {
    const seen = await watchShop(shop(({ known }) => known));
    expect(seen).toMatchObject({
      untrueInSequence: 0,
      untrueAfterJob: 0,
      staleInFlight: 0,
      untrueAtRest: 0,
      failed: 0,
    });
    expect(seen.bursts).toBe(4);
  });

  test("lets the job tell of the last of them before it looks", async () => {
    const seen = await watchShop(shop(({ known }) => known, { moves: [0] })); // or a write of its own would tell of it
    expect(seen).toMatchObject({ untrueAfterJob: 0, staleInFlight: 0, untrueAtRest: 0, bursts: 4 });
  });

  test("puts everything back, twice in sequence and before each burst", async () => {
    const service = shop(({ price }) => price);
    const restore = vi.fn<() => void>(service.outside?.restore);
    const { outside } = service;
    if (outside !== null) await watch({ ...service, outside: { ...outside, restore } }, 2);
    expect(restore).toHaveBeenCalledTimes(2 + 2);
  });

  test("counts what is still untrue after the job", async () => {
    const deaf = shop(({ price }) => (price >= 100 ? price - 100 : price));
    expect(await watchShop(deaf)).toMatchObject({ untrueInSequence: 0, untrueAfterJob: 4 });
  });

  test("asks nothing of a service whose job has failed", async () => {
    const seen = await watchShop(shop(({ known }) => known, { jobStatus: 409, moves: [0] }));
    expect(seen).toMatchObject({
      untrueInSequence: 0,
      untrueAfterJob: 0,
      staleInFlight: 0,
      untrueAtRest: 0,
      bursts: 4,
    });
  });

  test("knows what is stale while the next write is under way", async () => {
    const seen = await watchShop(shop(({ known, before, reads }) => (reads > 40 && reads % 5 === 0 ? before : known)));
    expect(seen).toMatchObject({ untrueInSequence: 0, untrueAfterJob: 0 });
    expect(seen.staleInFlight).toBeGreaterThan(10);
  });
});
