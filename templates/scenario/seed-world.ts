/**
 * Fills one small world for a check and names the requests that can be sent to it. Ids, names and delays differ from
 * world to world, so that no answer can be learnt by heart; the cast keeps its order.
 */
import type { Cast, RequestSpec, WorldBuilder } from "../../src/vocabulary.ts";

/** Canonical ids: reports print them, worlds have ids of their own. */
const EXPRESS = 1;
const LOCAL = 2;
const NIGHT_TRAIN = 3;
const UNKNOWN = 9;

const NAMES = ["Express", "Local", "Mail", "Night Train", "Shuttle"] as const;

export function seedWorld({ db, random, id }: WorldBuilder): Cast {
  for (const train of [EXPRESS, LOCAL, NIGHT_TRAIN]) {
    const name = `${random.pick(NAMES)} ${random.integer(100, 999)}`;
    const insert = "INSERT INTO trains (id, name, platform, delay_minutes) VALUES (?, ?, ?, ?)";
    db.run(insert, id(train), name, random.integer(1, 12), random.integer(0, 9));
  }
  // Every report is another delay than the seeded ones and than the other reports: each must be seen.
  const writes = [
    report(id(EXPRESS), random.integer(10, 19), "the express is late"),
    report(id(EXPRESS), random.integer(20, 29), "the express is later still"),
    report(id(LOCAL), random.integer(30, 39), "the local is late"),
    report(id(NIGHT_TRAIN), random.integer(40, 49), "the night train is late"),
  ];
  return { reads: [EXPRESS, LOCAL, NIGHT_TRAIN].map((train) => board(id(train))), writes, refused: refusals(id) };
}

function refusals(id: (n: number) => number): RequestSpec[] {
  const express = id(EXPRESS);
  return [
    board(id(UNKNOWN)),
    board("all"),
    report(id(UNKNOWN), 5, "a train that does not exist is late"),
    report("all", 5, "every train is late"),
    report(express, -1, "the express is early"),
    report(express, 2.5, "half a minute"),
    report(express, 1000, "the express is given up"),
    report(express, "5", "minutes in quotes"),
    { route: "delay", path: `/trains/${express}/delay`, body: "{ minutes:", label: "a broken body" },
    { route: "delay", path: `/trains/${express}/delay`, body: "{}", label: "nothing is reported" },
  ];
}

function board(train: number | string): RequestSpec {
  return { route: "departure", path: `/trains/${train}`, label: "the board" };
}

function report(train: number | string, minutes: number | string, label: string): RequestSpec {
  return { route: "delay", path: `/trains/${train}/delay`, body: JSON.stringify({ minutes }), label };
}
