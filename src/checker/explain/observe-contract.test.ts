/** What a wrong answer is taken for, over model services that are wrong in one way each. */
import { expect, test } from "vitest";
import type { Cause, Json } from "../../vocabulary.ts";
import type { Service } from "../model-handlers.test-support.ts";
import { rightService } from "../model-handlers.test-support.ts";
import { modelRun, modelShape } from "../model-run.test-support.ts";
import { contractKept } from "../properties/contract-kept.ts";
import { inSequence } from "../properties/phases.ts";
import { observeContract } from "./observe-contract.ts";

const setting = {
  shape: { ...modelShape, changes: [[0], [0], [1]] },
  seed: "s",
  usefulFor: 0,
  thorough: false,
  small: false,
};

/** A service that counts rightly and then answers `body`. */
function answering(body: (item: number, total: number) => Json): Service {
  return {
    ...rightService,
    read: function* ({ item }) {
      const total = yield { do: "select" };
      return { status: 200, body: body(item, Number(total)) };
    },
  };
}

async function causeOf(service: Service): Promise<Cause> {
  const run = modelRun(service);
  const history = await run({ phases: inSequence(["r0"]), probe: false, seed: "s", trace: true }, { choose: () => 0 });
  const finding = contractKept.judge(history, setting);
  if (finding === null) throw new Error("the contract must be broken");
  return await observeContract({ property: contractKept, setting, run, failure: { history, finding } });
}

test.each<[string, Cause, (item: number, total: number) => Json]>([
  ["the same count over all data", "response-hard-coded", (item) => ({ item, total: 1_000 })],
  ["a count that is one too high", "contract-changed", (item, total) => ({ item, total: total + 1 })],
  [
    "one of two wrong counts, alike here and there by chance",
    "contract-changed",
    (item, total) => ({ item, total: 100 + (total > 10 ? 1 : 0) }),
  ],
  ["a member more, the same everywhere", "contract-changed", (item, total) => ({ item, total, source: "database" })],
  ["a wrong value where the truth never changes", "contract-changed", (item, total) => ({ item: item + 1, total })],
])("%s: %s", async (_, cause, body) => {
  expect(await causeOf(answering(body))).toBe(cause);
});
