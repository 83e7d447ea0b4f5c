/** A cache hit must not know how long the history is: the dataset with a million downloads against the one with 15. */
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { downloadDataset } from "../scenarios/stale-statistics/starter/downloads.ts";
import { getDatasetStatistics } from "../scenarios/stale-statistics/starter/statistics.ts";
import { scenario } from "../scenarios/stale-statistics/scenario.ts";
import { live } from "../src/runner/index.ts";
import type { Handler } from "../src/vocabulary.ts";
import { type Ratio, compare } from "./compare.ts";
import { inScratchFolder, runCommand } from "./run-command.ts";

const HITS_A_TURN = 2_000;

export async function measureHits(): Promise<readonly Ratio[]> {
  return inScratchFolder(async (folder) => {
    runCommand(["setup-test-data", "--downloads", "1000000"], { cwd: folder });
    const databaseFile = join(folder, "workshop", "stale-statistics", ".stale-stats", "workshop.db");
    const handlers = new Map<string, Handler>([
      ["statistics", getDatasetStatistics],
      ["download", downloadDataset],
    ]);
    const world = live.openLiveWorld({ scenario, handlers, folder, databaseFile, observe: () => undefined });
    try {
      return [await longAgainstShort(world.app, databaseFile)];
    } finally {
      world.close();
    }
  });
}

async function longAgainstShort(app: Service, file: string): Promise<Ratio> {
  const { longest, shortest } = histories(file);
  const { ours, baseline } = await compare({
    ours: () => look(app, longest.dataset),
    baseline: () => look(app, shortest.dataset),
    turns: 25,
  });
  const each = (milliseconds: number): string => `${((milliseconds / HITS_A_TURN) * 1000).toFixed(1)} µs`;
  return {
    what: "a hit, time with a long history against a short one",
    measured: ours / baseline,
    bound: { at: "most", value: 1.1 },
    unit: "×",
    detail: `${longest.rows} downloads ${each(ours)}, ${shortest.rows} downloads ${each(baseline)}`,
  };
}

interface Service {
  request(path: string): Response | Promise<Response>;
}

async function look(app: Service, dataset: number): Promise<void> {
  for (let hit = 0; hit < HITS_A_TURN; hit += 1) {
    const response = await app.request(`/datasets/${dataset}/statistics`);
    if (response.status !== 200)
      throw new Error(`The statistics of dataset ${dataset} were answered ${response.status}.`);
    await response.arrayBuffer();
  }
}

interface Past {
  readonly dataset: number;
  readonly rows: number;
}

function histories(file: string): { longest: Past; shortest: Past } {
  const db = new BetterSqlite3(file, { readonly: true });
  const pasts = db
    .prepare("SELECT dataset_id AS dataset, COUNT(*) AS rows FROM audit_logs GROUP BY dataset_id ORDER BY rows")
    .all() as Past[];
  db.close();
  const [shortest, longest] = [pasts[0], pasts.at(-1)];
  if (shortest === undefined || longest === undefined) throw new Error(`${file} holds no history.`);
  return { longest, shortest };
}
