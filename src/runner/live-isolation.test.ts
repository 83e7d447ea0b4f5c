/** The isolation that handlers may rely on, live: every body is a request to a database in a file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { type Body, type PlayTogether, ISOLATION_SCHEMA } from "./isolation-bench.test-support.ts";
import { expectRefusal, REFUSED, STATEMENT_CASES } from "./statement-cases.test-support.ts";
import { TRANSACTION_CASES } from "./transaction-cases.test-support.ts";
import { LiveDatabase } from "./live/live-database.ts";
import { createRequestScope } from "./live/request-scope.ts";

test.each(Object.entries({ ...TRANSACTION_CASES, ...STATEMENT_CASES }))("%s", async (_, expectations) => {
  await expect(expectations(openLive())).resolves.toBeUndefined();
});

test.each(REFUSED)("%j is refused by get, all and run, in a transaction as well, and changes nothing", async (sql) => {
  await expect(expectRefusal(openLive(), sql)).resolves.toBeUndefined();
});

function openLive(): PlayTogether {
  const folder = mkdtempSync(join(tmpdir(), "live-isolation-"));
  const file = join(folder, "test.db");
  const made = new BetterSqlite3(file);
  made.exec(ISOLATION_SCHEMA);
  made.close();
  const scope = createRequestScope();
  const live = new LiveDatabase({ file, delay: { costly: 0, plain: 0 }, costly: [], scope, observe: () => {} });
  onTestFinished(() => {
    live.close();
    rmSync(folder, { recursive: true });
  });
  const request = (body: Body): Promise<unknown> =>
    scope.enter(() => body(live.db).catch((error: Error) => ({ error: error.message })));
  return async (...phases) => {
    const outcomes: unknown[] = [];
    for (const bodies of phases) outcomes.push(...(await Promise.all(bodies.map(request))));
    return outcomes;
  };
}
