/** The data of worlds and workshop, and the judge that reads them, against real SQLite. */
import { expect, test } from "vitest";
import type { RequestSpec } from "../../src/vocabulary.ts";
import { scenario } from "./scenario.ts";
import { openDatabase, seeded, worldOf } from "./testing/open-database.ts";

function at<T>(list: readonly T[], position: number): T {
  const found = list[position];
  if (found === undefined) throw new Error(`nothing at ${position}`);
  return found;
}

test("the flagship begins with exactly fifteen downloads", () => {
  const db = openDatabase();
  scenario.seedWorkshop(db, seeded(7));
  expect(db.get("SELECT name FROM datasets WHERE id = 1")).toEqual({ name: "Research Analytics Dataset" });
  expect(scenario.story.actual(db)).toBe(15);
  expect(scenario.truth(db, scenario.story.viewer.request).body).toMatchObject({
    total_downloads: 15,
    unique_downloaders: 9,
  });
});

test("the workshop has thirty people or more, several datasets, and views that do not count", () => {
  const db = openDatabase();
  scenario.seedWorkshop(db, seeded(7));
  const count = (sql: string): unknown => Object.values(db.get(sql) ?? {})[0];
  expect(count("SELECT COUNT(*) FROM users")).toBeGreaterThanOrEqual(30);
  expect(count("SELECT COUNT(*) FROM datasets")).toBeGreaterThan(3);
  expect(count("SELECT COUNT(*) FROM audit_logs WHERE dataset_id = 1 AND action = 'view'")).toBeGreaterThan(0);
});

test("one seed gives one workshop, another seed another", () => {
  const rows = (seed: number): unknown[] => {
    const db = openDatabase();
    scenario.seedWorkshop(db, seeded(seed));
    return db.all("SELECT * FROM audit_logs");
  };
  expect(rows(3)).toEqual(rows(3));
  expect(rows(3)).not.toEqual(rows(4));
});

test("every attendee exists and is new to the flagship", () => {
  const db = openDatabase();
  scenario.seedWorkshop(db, seeded(7));
  const { count, request } = scenario.story.crowd;
  const attendees = Array.from({ length: count }, (_, n) => JSON.parse(request(n).body ?? "").user_id as number);
  const before = db.all<{ user_id: number }>(
    "SELECT DISTINCT user_id FROM audit_logs WHERE dataset_id = 1 AND action = 'download'",
  );
  expect(count).toBe(20);
  expect(new Set(attendees).size).toBe(20);
  expect(before.filter((row) => attendees.includes(row.user_id))).toEqual([]);
  for (let n = 0; n < count; n += 1) expect(scenario.truth(db, request(n)).status).toBe(201);
});

test("a bulk history goes to another dataset, counts exactly, and has valid times and people", () => {
  const db = openDatabase();
  scenario.seedWorkshop(db, seeded(7));
  const history = scenario.bulk?.prepare(db, seeded(7), 500);
  for (let n = 0; n < 500; n += 1) db.run(history?.insert ?? "", ...(history?.row(n) ?? []));
  expect(scenario.story.actual(db)).toBe(15);
  const busy = db.get<{ rows: number; people: number }>(
    `SELECT COUNT(*) AS rows, COUNT(DISTINCT user_id) AS people FROM audit_logs
      WHERE dataset_id = 6 AND created_at < '2022' AND created_at = strftime('%Y-%m-%dT%H:%M:%fZ', created_at)`,
  );
  expect(busy?.rows).toBe(500);
  expect(busy?.people).toBeGreaterThan(30);
  expect(history?.row(86_400 * 28 + 61)[2]).toBe("2021-02-01T00:01:01.000Z");
});

test("truth counts downloads only, people once, and the latest time", () => {
  const db = openDatabase();
  const cast = scenario.seedWorld(worldOf(db));
  const read = at(cast.reads, 0);
  const id = Number(read.path.split("/")[2]);
  db.run("DELETE FROM audit_logs");
  const insert = "INSERT INTO audit_logs (dataset_id, user_id, action, created_at) VALUES (?, ?, ?, ?)";
  db.run(insert, id, 5011, "download", "2025-01-01T00:00:00.000Z");
  db.run(insert, id, 5011, "download", "2025-01-03T00:00:00.000Z");
  db.run(insert, id, 5012, "download", "2025-01-02T00:00:00.000Z");
  db.run(insert, id, 5013, "view", "2025-01-09T00:00:00.000Z");
  expect(scenario.truth(db, read)).toMatchObject({
    status: 200,
    body: { dataset_id: id, total_downloads: 3, unique_downloaders: 2, last_download_at: "2025-01-03T00:00:00.000Z" },
  });
});

test("a dataset without downloads has zeros and no date", () => {
  const db = openDatabase();
  const { reads } = scenario.seedWorld(worldOf(db));
  expect(scenario.truth(db, at(reads, 2)).body).toMatchObject({
    total_downloads: 0,
    unique_downloaders: 0,
    last_download_at: null,
  });
});

test("every write is accepted, changes one read only, and tells the rows it must leave", () => {
  const db = openDatabase();
  const cast = scenario.seedWorld(worldOf(db));
  const outcomes = cast.writes.map((write) => scenario.truth(db, write));
  expect(outcomes.map((outcome) => outcome.status)).toEqual([201, 201, 201, 201]);
  expect(outcomes[0]?.changes?.map((change) => change.kind)).toEqual(["insert", "update"]);
  expect(cast.writes.map((write) => write.path.split("/")[2])).toEqual(["5001", "5001", "6001", "5003"]);
  expect(scenario.truth(db, at(cast.reads, 2)).body).toMatchObject({ total_downloads: 0, last_download_at: null });
});

test("every refused request is refused, the dataset before the user", () => {
  const db = openDatabase();
  const { refused } = scenario.seedWorld(worldOf(db));
  expect(refused.map((request: RequestSpec) => scenario.truth(db, request).status)).toEqual([
    404, 404, 404, 404, 404, 422, 422, 422, 422, 422, 422,
  ]);
});

test("in every world downloads and people differ, dates lie before now, and data differs between seeds", () => {
  const bodies = Array.from({ length: 20 }, (_, seed) => {
    const db = openDatabase();
    const { reads } = scenario.seedWorld(worldOf(db, seed + 1));
    return scenario.truth(db, at(reads, 0)).body as {
      total_downloads: number;
      unique_downloaders: number;
      last_download_at: string;
    };
  });
  for (const body of bodies) {
    expect(body.total_downloads).toBeGreaterThan(body.unique_downloaders);
    expect(body.last_download_at < "2026-02-03").toBe(true);
  }
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(20);
});

test("the story keeps the promised words and computes every figure", () => {
  const lines = (sections: readonly { lines: readonly { text: string }[] }[]): string[] =>
    sections.flatMap((section) => section.lines.map((line) => line.text));
  expect(lines(scenario.story.disaster({ shown: 15, actual: 35 })).slice(0, 4)).toEqual([
    "Dashboard shows: 15 downloads",
    "Database has: 35 downloads",
    "MISSING: 20 downloads not shown!",
    "ERROR RATE: 57.1% of data hidden",
  ]);
  expect(lines(scenario.story.disaster({ shown: 3, actual: 4 }))[3]).toBe("ERROR RATE: 25.0% of data hidden");
  expect(lines(scenario.story.happyEnding({ shown: 41, actual: 41 }))[0]).toBe("Dashboard shows: 41 downloads");
  expect(scenario.story.success({ before: 35, after: 36 })[1]).toBe("• After download: 36");
});

test("a body without the figure is no number, never a plausible one", () => {
  expect(scenario.story.figure({ total_downloads: 15 })).toBe(15);
  expect(scenario.story.figure({ error: "gone" })).toBeNaN();
  expect(scenario.story.figure(null)).toBeNaN();
});
