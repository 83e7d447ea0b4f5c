/**
 * The flagship lesson: a dashboard that shows yesterday's downloads because the write never tells the cache.
 * Joins the parts of this folder into one Scenario; the parts must not know each other.
 */
import { defineScenario } from "../../src/scenario/index.ts";
import type { Scenario } from "../../src/vocabulary.ts";
import { seedWorld } from "./seed-world.ts";
import { bulk, seedWorkshop } from "./seed-workshop.ts";
import { story } from "./story.ts";
import { truth } from "./truth.ts";

const schema = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE
);
CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  last_accessed_at TEXT
);
CREATE TABLE audit_logs (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER NOT NULL REFERENCES datasets (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  action TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX audit_logs_by_dataset ON audit_logs (dataset_id, action, user_id, created_at);
`;

export const scenario: Scenario = defineScenario({
  slug: "stale-statistics",
  title: "The CEO's dashboard",
  teaches: "find the write that a cached figure depends on, and make the two agree",
  minutes: 12,
  schema,
  routes: [
    {
      id: "statistics",
      method: "GET",
      path: "/datasets/:id/statistics",
      file: "statistics.ts",
      export: "getDatasetStatistics",
      role: "read",
    },
    {
      id: "download",
      method: "POST",
      path: "/datasets/:id/downloads",
      file: "downloads.ts",
      export: "downloadDataset",
      role: "write",
    },
  ],
  databaseDelay: { costly: 350, plain: 4 },
  costly: ["audit_logs"],
  usefulFor: 30 * 60 * 1000,
  requiredStars: 2,
  starterFails: { property: "fresh-in-sequence", star: 1, cause: "never-invalidated" },
  seedWorld,
  truth,
  seedWorkshop,
  bulk,
  story,
});
