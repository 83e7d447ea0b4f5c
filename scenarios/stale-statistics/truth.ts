/**
 * What the service must answer, told by the database alone. Written apart from the handlers on purpose: a judge that
 * shared their query would share their mistakes.
 */
import type { Outcome, RequestSpec, TruthReader } from "../../src/vocabulary.ts";

/** Pure but for reading `db`. Error bodies are left open: only their status is the contract. */
export function truth(db: TruthReader, request: RequestSpec): Outcome {
  const dataset = findDataset(db, request.path);
  if (dataset === undefined) return { status: 404 };
  return request.route === "statistics" ? statisticsOf(db, dataset) : downloadOf(db, dataset.id, request.body);
}

interface DatasetRow {
  readonly id: number;
  readonly name: string;
}

function findDataset(db: TruthReader, path: string): DatasetRow | undefined {
  const id = /^\/datasets\/(\d+)\//.exec(path)?.[1];
  return id === undefined ? undefined : db.get<DatasetRow>("SELECT id, name FROM datasets WHERE id = ?", Number(id));
}

function statisticsOf(db: TruthReader, dataset: DatasetRow): Outcome {
  const counted = db.get<{ total: number; people: number; latest: string | null }>(
    `SELECT COUNT(*) AS total, COUNT(DISTINCT user_id) AS people, MAX(created_at) AS latest
       FROM audit_logs WHERE dataset_id = ? AND action = 'download'`,
    dataset.id,
  );
  return {
    status: 200,
    body: {
      dataset_id: dataset.id,
      name: dataset.name,
      total_downloads: counted?.total ?? 0,
      unique_downloaders: counted?.people ?? 0,
      last_download_at: counted?.latest ?? null,
    },
  };
}

function downloadOf(db: TruthReader, datasetId: number, body: string | undefined): Outcome {
  const userId = userIdIn(body);
  const user = userId === undefined ? undefined : db.get("SELECT id FROM users WHERE id = ?", userId);
  if (userId === undefined || user === undefined) return { status: 422 };
  return {
    status: 201,
    body: { download_id: { $inserted: "audit_logs" }, dataset_id: datasetId, user_id: userId },
    changes: [
      {
        kind: "insert",
        table: "audit_logs",
        row: { dataset_id: datasetId, user_id: userId, action: "download", created_at: { $match: "now" } },
      },
      { kind: "update", table: "datasets", id: datasetId, set: { last_accessed_at: { $match: "now" } } },
    ],
  };
}

function userIdIn(body: string | undefined): number | undefined {
  const value = parsed(body);
  const claimed = typeof value === "object" && value !== null && "user_id" in value ? value.user_id : undefined;
  return typeof claimed === "number" && Number.isSafeInteger(claimed) ? claimed : undefined;
}

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return undefined;
  }
}
