/** Rounds of the matrix are compared verdict by verdict; only the time they took may differ. */
import { expect, onTestFinished, test } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import { verdictWith } from "./recorded-verdict.test-support.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import type { Expectation } from "./verify-expectations.ts";
import { differencesInRepeats } from "./verify-repeat.ts";
import type { MatrixRow } from "./verify-row.ts";

const expected: Expectation = {
  kind: "rejected",
  name: "wrong-key-plural",
  files: new Map(),
  demanded: 2,
  verdict: "fail",
  cause: "wrong-key",
  property: null,
  star: 1,
};

function row(changes: Partial<Verdict>): MatrixRow {
  return { scenario: "any", expected, verdict: verdictWith(changes), problems: [] };
}

test("a verdict that changes between rounds is told at once, with its round and what it became", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  const rounds = [[row({ timing: { total: 5 } })], [row({ verdict: "inconclusive", cause: null })]];
  const problems = await differencesInRepeats({
    rows: [row({ timing: { total: 9 } })],
    io,
    rounds: 3,
    again: () => Promise.resolve(rounds.shift() ?? []),
  });
  const change = "rejected/wrong-key-plural: fail, wrong-key, 0 stars became inconclusive, no cause, 0 stars (round 3)";
  expect(problems).toEqual([change]);
  expect(io.complained()).toBe(`round 2 of 3: no verdict changed\nround 3 of 3: ${change}\n`);
});

test("a row that comes out alike but for one number in its story differs", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  const explored = { schedules: 2, requests: 1, switches: 0, complete: true, seed: "a" };
  const again = (): Promise<MatrixRow[]> => Promise.resolve([row({ explored })]);
  const problems = await differencesInRepeats({ rows: [row({})], io, rounds: 2, again });
  expect(problems).toHaveLength(1);
});

test("a row that is missing from a round is a difference", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  const again = (): Promise<MatrixRow[]> => Promise.resolve([]);
  const problems = await differencesInRepeats({ rows: [row({})], io, rounds: 2, again });
  expect(problems).toEqual(["rejected/wrong-key-plural: fail, wrong-key, 0 stars became nothing (round 2)"]);
});
