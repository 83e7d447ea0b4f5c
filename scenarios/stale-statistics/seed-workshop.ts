/**
 * The data of the story: the flagship dataset with its fifteen downloads, other datasets, people and their history.
 * Dates are fixed and chance is seeded, so that two set-ups with one seed give the same rows.
 */
import type { BulkHistory, Random, Seeder, SqlValue } from "../../src/vocabulary.ts";

/** The dataset on the CEO's dashboard. */
export const FLAGSHIP_ID = 1;
/** People who know the flagship already; those after them come with the conference. */
const REGULARS = 12;
export const FIRST_ATTENDEE = 13;
const PEOPLE = 48;
const BULK_ID = 6;
const FLAGSHIP_DOWNLOADS = 15;

const DATASETS: readonly (readonly [name: string, description: string])[] = [
  ["Research Analytics Dataset", "Usage of every research service since 2019, one row per session."],
  ["Urban Air Quality", "Hourly particulate readings from 212 stations."],
  ["Coastal Tide Gauges", "Sea level at 40 harbours, every ten minutes."],
  ["Open Reading Survey", "What 9,000 households read in a year."],
  ["Protein Fold Samples", "Reference structures for teaching."],
  ["Street Map Extracts", "Road networks by region, refreshed each month."],
];
const FIRST_NAMES = [
  "Amara",
  "Bruno",
  "Chen",
  "Dalia",
  "Elif",
  "Farid",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
  "Kavya",
  "Liam",
] as const;
const LAST_NAMES = [
  "Abe",
  "Berg",
  "Costa",
  "Diallo",
  "Eriksen",
  "Fontaine",
  "Gupta",
  "Horvat",
  "Ito",
  "Jensen",
] as const;

export function seedWorkshop(db: Seeder, random: Random): void {
  insertPeople(db, random);
  insertDatasets(db);
  insertFlagshipHistory(db, random);
  for (let dataset = 2; dataset <= DATASETS.length; dataset += 1) insertOtherHistory(db, random, dataset);
  db.run(
    "UPDATE datasets SET last_accessed_at = (SELECT MAX(created_at) FROM audit_logs WHERE dataset_id = datasets.id)",
  );
}

/** A large history for the map extracts; the flagship keeps its fifteen, whatever is asked for. */
export const bulk: BulkHistory = {
  unit: "downloads",
  prepare(db, random, count) {
    const [people] = db.all<{ total: number }>("SELECT COUNT(*) AS total FROM users");
    const salt = random.integer(1, 1_000_000);
    db.run("UPDATE datasets SET last_accessed_at = ? WHERE id = ?", bulkTime(count), BULK_ID);
    return {
      insert: "INSERT INTO audit_logs (dataset_id, user_id, action, created_at) VALUES (?, ?, 'download', ?)",
      row: (n) => bulkRow({ n, salt, people: people?.total ?? 1 }),
    };
  },
};

/** Multiplying by a large odd number scatters the users without a generator's state (Knuth's hash). */
function bulkRow({ n, salt, people }: { n: number; salt: number; people: number }): readonly SqlValue[] {
  const user = 1 + ((Math.imul(n + salt, 2_654_435_761) >>> 8) % people);
  return [BULK_ID, user, bulkTime(n)];
}

/** One download a second from a fixed morning on; months of 28 days keep it cheap and valid. */
function bulkTime(n: number): string {
  const days = Math.floor(n / 86_400);
  const year = 2021 + Math.floor(days / 336);
  const [month, day] = [1 + (Math.floor(days / 28) % 12), 1 + (days % 28)];
  const time = `${two(Math.floor(n / 3600) % 24)}:${two(Math.floor(n / 60) % 60)}:${two(n % 60)}`;
  return `${year}-${two(month)}-${two(day)}T${time}.000Z`;
}

function insertPeople(db: Seeder, random: Random): void {
  for (let id = 1; id <= PEOPLE; id += 1) {
    const name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
    const email = `${name.toLowerCase().replace(" ", ".")}.${id}@example.org`;
    db.run("INSERT INTO users (id, name, email) VALUES (?, ?, ?)", id, name, email);
  }
}

function insertDatasets(db: Seeder): void {
  DATASETS.forEach(([name, description], position) => {
    db.run("INSERT INTO datasets (id, name, description) VALUES (?, ?, ?)", position + 1, name, description);
  });
}

/** Some regulars come more than once, so that downloads and people differ; views do not count. */
function insertFlagshipHistory(db: Seeder, random: Random): void {
  for (let n = 0; n < FLAGSHIP_DOWNLOADS; n += 1)
    insertEntry(db, random, { dataset: FLAGSHIP_ID, user: 1 + (n % 9), action: "download" });
  for (let n = 0; n < 25; n += 1)
    insertEntry(db, random, { dataset: FLAGSHIP_ID, user: random.integer(1, PEOPLE), action: "view" });
}

function insertOtherHistory(db: Seeder, random: Random, dataset: number): void {
  const count = random.integer(20, 60);
  for (let n = 0; n < count; n += 1) {
    const action = random.integer(1, 3) === 1 ? "view" : "download";
    insertEntry(db, random, { dataset, user: random.integer(1, REGULARS), action });
  }
}

function insertEntry(db: Seeder, random: Random, entry: { dataset: number; user: number; action: string }): void {
  db.run(
    "INSERT INTO audit_logs (dataset_id, user_id, action, created_at) VALUES (?, ?, ?, ?)",
    entry.dataset,
    entry.user,
    entry.action,
    someTime(random),
  );
}

function someTime(random: Random): string {
  const day = `${two(random.integer(1, 6))}-${two(random.integer(1, 28))}`;
  return `2025-${day}T${two(random.integer(7, 20))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}.000Z`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
