/**
 * `npm run bench`: every promise about speed, measured in this one run, as a table of ratios with their bounds.
 * Exits 1 when one does not hold. Arguments choose: `npm run bench -- start-up hit`.
 */
import { type Ratio, holds } from "./compare.ts";
import { measureChecks } from "./measure-checks.ts";
import { measureCycle } from "./measure-cycle.ts";
import { measureHits } from "./measure-hits.ts";
import { measurePicture } from "./measure-picture.ts";
import { measureRedis } from "./measure-redis.ts";
import { measureRejected } from "./measure-rejected.ts";
import { measureServing } from "./measure-serving.ts";
import { measureSetUp } from "./measure-set-up.ts";
import { measureStartUp } from "./measure-start-up.ts";
import { measureWorlds } from "./measure-worlds.ts";

const GROUPS: Readonly<Record<string, () => Promise<readonly Ratio[]>>> = {
  "start-up": measureStartUp,
  "set-up": measureSetUp,
  hit: measureHits,
  redis: measureRedis,
  worlds: measureWorlds,
  check: measureChecks,
  cycle: measureCycle,
  rejected: measureRejected,
  serve: measureServing,
  picture: measurePicture,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => GROUPS[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(", ")}; choose from ${Object.keys(GROUPS).join(", ")}.`);
  process.exitCode = 2;
} else {
  await run();
}

async function run(): Promise<void> {
  const ratios: Ratio[] = [];
  for (const [name, measure] of Object.entries(GROUPS)) {
    if (chosen.length === 0 || chosen.includes(name)) ratios.push(...(await measure()));
  }
  print(ratios);
  if (!ratios.every(holds)) process.exitCode = 1;
}

function print(ratios: readonly Ratio[]): void {
  const rows = ratios.map((ratio) => [
    holds(ratio) ? "ok" : "MISSED",
    ratio.what,
    `${ratio.measured.toFixed(2)}${ratio.unit}`,
    `at ${ratio.bound.at} ${ratio.bound.value}${ratio.unit}`,
    ratio.detail,
  ]);
  const table = [["", "what", "measured", "bound", "how"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
