/**
 * Handlers that are out to get passed, or to take the checker down. Each fixture is a twist put into otherwise complete
 * handlers, with the verdict it must get and the seconds it may take. None may pass, hang, or leave anything behind.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStopwatch } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { checkHandlers } from "./check-handlers.ts";
import { DEFAULT_BUDGET } from "./check-settings.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "fixtures/hostile");
const slug = "stale-statistics";
const starter = join(root, "scenarios", slug, "starter");
const reference = join(root, "scenarios", slug, "accepted/delete-after-write");

interface Twist {
  readonly name: string;
  readonly base: string;
  readonly where: "import" | "request";
  readonly verdicts: readonly string[];
  readonly cause: string;
  readonly within: number;
  readonly code: string;
}

let scenario: Scenario;
let ownTemp: string;
const usualTemp = process.env["TMPDIR"];

beforeAll(async () => {
  scenario = await loadScenario({ root, slug });
  ownTemp = mkdtempSync(join(tmpdir(), "hostile-"));
  process.env["TMPDIR"] = ownTemp;
});

afterAll(() => {
  if (usualTemp === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usualTemp;
  rmSync(ownTemp, { recursive: true, force: true });
});

/** Cheats that pass: what a check cannot see, told as it is. One that is seen some day belongs to the hostile ones. */
const beyond = join(root, "fixtures/beyond");

for (const file of [folder, beyond].flatMap((home) =>
  readdirSync(home)
    .sort()
    .map((name) => join(home, name)),
)) {
  const twist = readTwist(file);
  test(`${twist.name} gets ${twist.verdicts.join(" or ")}`, { timeout: 30_000 }, async () => {
    const elapsed = startStopwatch();
    const verdict = await checkTwisted(twist);
    const seconds = elapsed() / 1000;
    expect(twist.verdicts).toContain(verdict.verdict);
    expect(twist.cause === "*" ? "*" : verdict.cause).toBe(twist.cause);
    expect(seconds).toBeLessThan(process.env["CI"] === undefined ? twist.within : twist.within * 3);
    expect(readdirSync(ownTemp)).toEqual([]);
  });
}

test("the fixtures cover what they claim to: without a twist the same handlers pass", { timeout: 30_000 }, async () => {
  const verdict = await checkTwisted({
    ...readTwist(join(folder, "raises-exit-code.ts")),
    base: "accepted/delete-after-write",
    code: "",
  });
  expect(verdict.verdict).toBe("pass");
});

async function checkTwisted(twist: Twist): Promise<Verdict> {
  const settings = {
    seed: "hostile",
    stars: 2,
    budget: DEFAULT_BUDGET,
    thorough: false,
    without: { properties: [], repairs: [] },
  } as const;
  return await checkHandlers({ root, scenario, files: twisted(twist), settings });
}

function twisted({ base, where, code }: Twist): Map<string, string> {
  const statistics = readFileSync(join(starter, "statistics.ts"), "utf8");
  const downloads = readFileSync(join(base === "starter" ? starter : reference, "downloads.ts"), "utf8");
  if (base === "statistics")
    return new Map([
      ["statistics.ts", `import type { Context } from "stale-stats";\n${code}`],
      ["downloads.ts", downloads],
    ]);
  if (where === "import")
    return new Map([
      ["statistics.ts", statistics],
      ["downloads.ts", `${code}\n${downloads}`],
    ]);
  const opened = downloads.replace(
    /const \{ (?:cache, )?db \} = c\.var;/u,
    () => `const { cache, db } = c.var;\n${code}`,
  );
  expect(opened).toContain(code);
  return new Map([
    ["statistics.ts", statistics],
    ["downloads.ts", opened],
  ]);
}

function readTwist(file: string): Twist {
  const text = readFileSync(file, "utf8");
  const header = (name: string): string => new RegExp(`^// ${name}: (.+)$`, "mu").exec(text)?.[1] ?? "";
  const [verdicts = "", cause = ""] = header("expect").split(" ");
  const code = text
    .split("\n")
    .filter((line) => !line.startsWith("//"))
    .join("\n");
  return {
    name: basename(file, ".ts"),
    base: header("base"),
    where: header("where") === "import" ? "import" : "request",
    verdicts: verdicts.split("|"),
    cause,
    within: Number(header("within")),
    code,
  };
}
