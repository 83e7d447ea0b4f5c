/** Where the tests are and what "stale-stats" means in them: the kit's source, so that no test needs a build. */
import { join } from "node:path";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  resolve: { alias: { "stale-stats": join(import.meta.dirname, "src/kit/index.ts") } },
  test: {
    include: ["src/**/*.test.ts", "scenarios/**/*.test.ts", "scripts/**/*.test.ts", "calibrate/**/*.test.ts"],
    // Forked processes, because better-sqlite3 and process-wide state do not belong in worker threads.
    pool: "forks",
    // Most tests wait for processes of their own; nobody watches, so that no core need be left free.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
};

export default config;
