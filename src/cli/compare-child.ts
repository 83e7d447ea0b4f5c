/** Has a process of its own play the traffic under each strategy; ends it in any case. Prints nothing. */
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";
import type { StrategyRun } from "../vocabulary.ts";
import { childEnvironment } from "./child-environment.ts";
import type { CompareMessage, CompareOrder } from "./compare-message.ts";
import type { Stage } from "./demonstrate-problem-stage.ts";
import type { Io } from "./io.ts";

export interface CompareTask {
  readonly io: Io;
  readonly slug: string;
  readonly names: readonly string[];
  readonly stage: Stage;
  readonly seed: string;
  readonly minutes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (strategy: string, share: number) => void;
}

const LIMITS = { silence: 60_000, memory: 512, output: 20_000 };

/** One for each name, in their order; null when interrupted. Throws an environment error for a strategy that does not run. */
export async function runStrategies(task: CompareTask): Promise<readonly StrategyRun[] | null> {
  const { io, signal, onProgress } = task;
  let last: CompareMessage | null = null;
  const end = await live.supervise<CompareMessage>({
    entry: modules(io.root).entry,
    order: await orderFor(task),
    host: {
      node: process.execPath,
      groups: process.platform !== "win32",
      kill: (pid, sent) => process.kill(pid, sent),
    },
    limits: LIMITS,
    env: childEnvironment(io.env),
    signal,
    onMessage: (message) => {
      last = message;
      if (message.kind === "progress") onProgress(message.strategy, message.share);
    },
  });
  if (end.kind === "aborted") return null;
  return runsIn(last, end);
}

function runsIn(last: CompareMessage | null, { kind, code, printed }: live.ChildEnd): readonly StrategyRun[] {
  if (last?.kind === "done") return last.runs;
  const strategy = last?.strategy ?? null;
  const ended = kind === "exited" ? `the process ended (exit code ${code ?? "none"})` : "it never came back";
  const why =
    last?.kind === "failed" ? last.message : [ended, printed.trim().split("\n")[0]].filter(Boolean).join(": ");
  throw new WorkshopError({
    code: "environment",
    message: `${strategy === null ? "The comparison" : `The strategy ${strategy}`} does not run: ${why}`,
    hint: "Install stale-stats again, or mend the strategy's handlers if they are yours.",
  });
}

async function orderFor({ io, slug, names, stage, seed, minutes }: CompareTask): Promise<CompareOrder> {
  const strategies = names.map((name) => ({ name, databaseFile: join(dirname(stage.databaseFile), `${name}.db`) }));
  for (const { databaseFile } of strategies) await copyFile(stage.databaseFile, databaseFile);
  return { root: io.root, slug, home: stage.folder, kit: modules(io.root).kit, strategies, seed, minutes };
}

/** The sources beside this file when they run as they are; else what was built from them. */
function modules(root: string): { entry: string; kit: string } {
  const source = import.meta.url.endsWith(".ts");
  const place = source ? import.meta.dirname : join(root, "dist");
  return {
    entry: join(place, source ? "compare-process.ts" : "compare-process.js"),
    kit: pathToFileURL(source ? join(place, "..", "kit", "index.ts") : join(place, "kit.js")).href,
  };
}
