/**
 * Fills one small world for a check and names the requests that can be sent to it. Every id, name, date and count
 * differs from world to world, so that no answer can be looked up; the cast keeps its order.
 */
import type { Cast, Random, RequestSpec, SqlValue, WorldBuilder } from "../../src/vocabulary.ts";

/**
 * Canonical ids. Dataset and user ids differ, so that a key built from the wrong one is another key; the survey's id
 * begins and ends like the flagship's, so that a key that tells the two apart is made from all of it.
 */
const FLAGSHIP = 1;
const SURVEY = 1001;
const UNUSED = 3;
const UNKNOWN_DATASET = 9;
const [REGULAR, OCCASIONAL, NEWCOMER] = [11, 12, 13];
const UNKNOWN_USER = 19;
const FIRST_AUDIT_ROW = 101;

const SUBJECTS = ["Coral", "Glacier", "Harbour", "Meadow", "Orbit", "Pollen", "River", "Tundra"] as const;
const KINDS = ["Archive", "Atlas", "Census", "Index", "Ledger", "Panel", "Survey"] as const;
const PEOPLE = ["Ada", "Bo", "Chidi", "Dana", "Emeka", "Freya", "Goran", "Hana"] as const;

export function seedWorld(world: WorldBuilder): Cast {
  insertUsers(world);
  insertDatasets(world);
  insertHistory(world);
  return castOf(world);
}

function insertUsers({ db, random, id }: WorldBuilder): void {
  const users = [REGULAR, OCCASIONAL, NEWCOMER].map((user): SqlValue[] => {
    const name = `${random.pick(PEOPLE)} ${random.integer(100, 999)}`;
    return [id(user), name, `user${id(user)}@example.org`];
  });
  insert(db, "users (id, name, email)", users);
}

/** Two of one name: nothing makes it unique. */
function insertDatasets({ db, random, id }: WorldBuilder): void {
  const anyName = (): string => `${random.pick(SUBJECTS)} ${random.pick(KINDS)} ${random.integer(10, 99)}`;
  const shared = anyName();
  const names = [
    [FLAGSHIP, shared],
    [SURVEY, shared],
    [UNUSED, anyName()],
  ] as const;
  const datasets = names.map(([dataset, name]): SqlValue[] => [id(dataset), name, `All of ${name}.`]);
  insert(db, "datasets (id, name, description)", datasets);
}

/** All rows in one statement: thousands of worlds are made for one check, and most of the time goes into this. */
function insert(db: WorldBuilder["db"], columns: string, rows: readonly SqlValue[][]): void {
  const values = rows.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
  db.run(`INSERT INTO ${columns} VALUES ${values}`, ...rows.flat());
}

/** The regular downloads twice or more, so that downloads and people differ; others only look. */
function insertHistory(world: WorldBuilder): void {
  const { random } = world;
  const history = [
    ...entries({ dataset: FLAGSHIP, user: REGULAR, action: "download", count: random.integer(2, 4) }),
    ...entries({ dataset: FLAGSHIP, user: OCCASIONAL, action: "download", count: random.integer(1, 2) }),
    ...entries({ dataset: FLAGSHIP, user: NEWCOMER, action: "view", count: random.integer(1, 3) }),
    ...entries({ dataset: SURVEY, user: OCCASIONAL, action: "download", count: random.integer(1, 3) }),
    ...entries({ dataset: UNUSED, user: REGULAR, action: "view", count: random.integer(1, 2) }),
  ];
  insertEntries(world, history);
}

interface Entry {
  readonly dataset: number;
  readonly user: number;
  readonly action: "download" | "view";
}

function entries({ count, ...entry }: Entry & { count: number }): Entry[] {
  return Array.from({ length: count }, () => entry);
}

function insertEntries({ db, random, id, now }: WorldBuilder, history: readonly Entry[]): void {
  const latest = new Map<number, string>();
  const rows = history.map(({ dataset, user, action }, position): SqlValue[] => {
    const at = lastYear(now, random);
    if (at > (latest.get(dataset) ?? "")) latest.set(dataset, at);
    return [id(FIRST_AUDIT_ROW + position), id(dataset), id(user), action, at];
  });
  insert(db, "audit_logs (id, dataset_id, user_id, action, created_at)", rows);
  for (const [dataset, at] of latest) db.run("UPDATE datasets SET last_accessed_at = ? WHERE id = ?", at, id(dataset));
}

function lastYear(now: string, random: Random): string {
  const year = Number(now.slice(0, 4)) - 1;
  const day = `${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`;
  const time = `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}`;
  return `${year}-${day}T${time}.000Z`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function castOf({ id }: WorldBuilder): Cast {
  const reads = [FLAGSHIP, SURVEY, UNUSED].map((dataset) => statistics(id(dataset)));
  const writes = [
    download(id(FLAGSHIP), { user_id: id(REGULAR) }, "a regular downloads again"),
    download(id(FLAGSHIP), { user_id: id(NEWCOMER) }, "a newcomer downloads"),
    download(id(SURVEY), { user_id: id(REGULAR) }, "a regular downloads another dataset"),
    download(id(UNUSED), { user_id: id(REGULAR) }, "a dataset's first download"),
  ];
  return { reads, writes, refused: refusedRequests(id) };
}

function refusedRequests(id: (n: number) => number): RequestSpec[] {
  const flagship = `/datasets/${id(FLAGSHIP)}/downloads`;
  return [
    statistics(id(UNKNOWN_DATASET)),
    statistics("everything"),
    download(id(UNKNOWN_DATASET), { user_id: id(REGULAR) }, "a download of nothing"),
    download("everything", { user_id: id(REGULAR) }, "a download of a word"),
    download(id(UNKNOWN_DATASET), {}, "nobody downloads nothing"),
    download(id(FLAGSHIP), { user_id: id(UNKNOWN_USER) }, "a stranger downloads"),
    download(id(FLAGSHIP), {}, "nobody downloads"),
    download(id(FLAGSHIP), { user_id: String(id(REGULAR)) }, "a user id in quotes"),
    download(id(FLAGSHIP), { user_id: id(REGULAR) + 0.5 }, "half a user id"),
    { route: "download", path: flagship, body: "{ user_id:", label: "a broken body" },
    { route: "download", path: flagship, body: "null", label: "an empty body" },
  ];
}

function statistics(dataset: number | string): RequestSpec {
  return { route: "statistics", path: `/datasets/${dataset}/statistics`, label: "the dashboard" };
}

function download(
  dataset: number | string,
  body: Readonly<Record<string, number | string>>,
  label: string,
): RequestSpec {
  return { route: "download", path: `/datasets/${dataset}/downloads`, body: JSON.stringify(body), label };
}
