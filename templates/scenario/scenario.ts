/**
 * A board that goes on showing a train as it was before the control room reported it late.
 * Joins the parts of this folder into one Scenario; the parts do not know each other.
 */
import { defineScenario } from "../../src/scenario/index.ts";
import type { Scenario } from "../../src/vocabulary.ts";
import { seedWorkshop } from "./seed-workshop.ts";
import { seedWorld } from "./seed-world.ts";
import { story } from "./story.ts";
import { truth } from "./truth.ts";

export const scenario: Scenario = defineScenario({
  slug: "your-scenario",
  title: "Your scenario",
  teaches: "keep a cached copy of a row true when the row is changed",
  minutes: 8,
  schema: `
CREATE TABLE trains (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  platform INTEGER NOT NULL,
  delay_minutes INTEGER NOT NULL
);
`,
  routes: [
    {
      id: "departure",
      method: "GET",
      path: "/trains/:id",
      file: "departures.ts",
      export: "getDeparture",
      role: "read",
    },
    {
      id: "delay",
      method: "PUT",
      path: "/trains/:id/delay",
      file: "delays.ts",
      export: "reportDelay",
      role: "write",
    },
  ],
  databaseDelay: { costly: 120, plain: 4 },
  costly: ["trains"],
  usefulFor: 30 * 60 * 1000,
  requiredStars: 2,
  starterFails: { property: "fresh-in-sequence", star: 1, cause: "never-invalidated" },
  seedWorld,
  truth,
  seedWorkshop,
  story,
});
