/** What types cannot say about a scenario: jobs, shared reads and the operator's routes, each told by its name. */
import { expect, test } from "vitest";
import type { AdminRoute, Route, Scenario } from "../vocabulary.ts";
import { defineScenario } from "./define-scenario.ts";

const read: Route = { id: "read", method: "GET", path: "/items/:id", file: "a.ts", export: "read", role: "read" };
const write: Route = { id: "write", method: "POST", path: "/items/:id", file: "a.ts", export: "write", role: "write" };
const job: Route = {
  id: "tell",
  method: "POST",
  path: "/jobs/tell",
  file: "b.ts",
  export: "tell",
  role: "job",
  every: 9,
};

function scenarioWith(routes: readonly Route[], admin: readonly AdminRoute[] = []): Scenario {
  const story = {
    viewer: { name: "somebody", request: { route: "read", path: "/items/1" } },
    crowd: { name: "people", count: 1, request: () => ({ route: "write", path: "/items/1" }) },
  };
  const rest = {
    slug: "tiny",
    title: "T",
    teaches: "t",
    minutes: 1,
    schema: "CREATE TABLE items (id INTEGER PRIMARY KEY)",
    costly: ["items"],
    usefulFor: 1,
    databaseDelay: { costly: 0, plain: 0 },
    story,
  };
  return { ...rest, routes, admin } as unknown as Scenario;
}

function adminAt(path: string): AdminRoute {
  return { method: "GET", path, handle: (c) => c.text("") };
}

test("jobs, shared reads and admin routes that make sense are taken as they are", () => {
  const scenario = scenarioWith([{ ...read, shared: true }, write, job], [adminAt("/admin/figures")]);
  expect(defineScenario(scenario)).toBe(scenario);
});

test.each([
  ["how often it is run", scenarioWith([read, write, { ...job, every: 0 }])],
  ["nothing runs it", scenarioWith([read, { ...write, every: 1000 }])],
  ["cannot be shared", scenarioWith([read, { ...write, shared: true }])],
  ["must begin with /admin/", scenarioWith([read, write], [adminAt("/figures")])],
  ["which is for admin routes", scenarioWith([{ ...read, path: "/admin/items/:id" }, write])],
])("%s", (told, scenario) => {
  expect(() => defineScenario(scenario)).toThrow(told);
});
