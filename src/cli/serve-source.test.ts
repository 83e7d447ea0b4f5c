/** Which handlers are served when nobody says which, and what is told where there is no lab. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Scenario } from "../vocabulary.ts";
import { handlerSource, serviceByDefault } from "./serve-source.ts";

function folders(...paths: readonly string[]): { root: string; home: string; slug: string } {
  const root = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of paths) mkdirSync(join(root, path), { recursive: true });
  return { root, home: join(root, "workshop"), slug: "tiny" };
}

test("somebody's own handlers come first, then the lab; without either, a set-up is asked for", () => {
  expect(serviceByDefault(folders("scenarios/tiny/lab", "workshop/tiny"))).toBe("working");
  expect(serviceByDefault(folders("scenarios/tiny/lab"))).toBe("lab");
  expect(serviceByDefault(folders("scenarios/tiny"))).toBe("working");
});

test("a lab that is not there is a usage error, with a way on", () => {
  const { root } = folders("scenarios/tiny");
  const wanted = { scenario: { slug: "tiny" } as Scenario, service: "lab", handlers: undefined } as const;
  const source = (): unknown => handlerSource({ ...wanted, io: { root, cwd: root } });
  expect(source).toThrow(expect.objectContaining({ code: "usage", message: "This scenario ships no lab." }));
});
