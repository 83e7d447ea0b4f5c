/** Replay tokens: encoding and decoding are inverses, and damage is noticed. */
import { expect, test } from "vitest";
import { WorkshopError } from "../errors.ts";
import type { Replay } from "./token.ts";
import { decodeToken, encodeToken } from "./token.ts";

const replay: Replay = {
  property: "fresh-under-race",
  plan: {
    phases: [
      { actors: [{ ref: "r0", instance: 0 }] },
      {
        actors: [
          { ref: "w12", instance: 1 },
          { ref: "x3", instance: 0 },
          { ref: "o1", instance: 1 },
        ],
        wait: 0,
      },
      { actors: [{ ref: "r1", instance: 1 }], wait: 1_800_000 },
    ],
    wholeReads: true,
    outsideFirst: true,
    paced: true,
    forgetfulClients: true,
    justStarted: true,
    probe: true,
    faults: [
      { kind: "lose-delete", from: 3 },
      { kind: "hang", from: 11 },
    ],
    seed: "a seed|with 100%7C of é",
  },
  schedule: [7, 0, 0, 0, 15, 8, 8, 100, 0],
};

test("a token holds property, plan, seed and schedule", () => {
  expect(decodeToken(encodeToken(replay))).toEqual(replay);
});

test("what is not in the plan is not in the decoded plan", () => {
  const bare: Replay = { property: "p", plan: { phases: [], probe: false, seed: "" }, schedule: [] };
  expect(decodeToken(encodeToken(bare))).toEqual(bare);
});

test("a token is one word that a shell leaves alone", () => {
  expect(encodeToken(replay)).toMatch(/^r1\.[\w-]+$/);
});

test("a token with any letter changed, cut or missing is a usage error", () => {
  const token = encodeToken(replay);
  const damaged = Array.from(token, (_, at) => at).map(
    (at) => token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1),
  );
  for (const text of [...damaged, "", "r1.", token.slice(0, -1), token.slice(3), "r2" + token.slice(2)]) {
    expect(() => decodeToken(text)).toThrow(WorkshopError);
  }
});
