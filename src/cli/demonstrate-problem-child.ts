/**
 * Runs the story of one scenario in a child process and gives what came of it as one value.
 * Takes a stage and a screen's progress function; ends the child in any case. Prints nothing.
 */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { live } from "../runner/index.ts";
import type { Demonstration, HandlerFault, Scenario } from "../vocabulary.ts";
import { type CachePlace, orderCache } from "./cache-order.ts";
import type { LiveMessage, LiveOrder } from "./demonstrate-problem-message.ts";
import type { Stage } from "./demonstrate-problem-stage.ts";
import { childEnvironment } from "./child-environment.ts";
import { failedStartError } from "./failed-start.ts";
import type { Io } from "./io.ts";

export type StoryOutcome =
  | { readonly kind: "done"; readonly run: Demonstration; readonly printed: string }
  | {
      readonly kind: "fault";
      readonly verdict: "crashed" | "timed-out";
      readonly fault: HandlerFault;
      readonly printed: string;
    }
  | { readonly kind: "environment"; readonly message: string; readonly hint: string }
  | { readonly kind: "interrupted" };

const OUT_OF_MEMORY = /heap out of memory/u;
const PATIENCE = 5000;
const LIMITS = { silence: PATIENCE + 2000, total: 30_000, memory: 256, output: 20_000 };

export interface StoryTask {
  readonly io: Io;
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: live.Progress) => void;
  /** In memory unless given. */
  readonly cache?: CachePlace;
  /** Milliseconds without a sign of life, and for one request; for tests that need not wait so long. */
  readonly limits?: { readonly silence?: number; readonly patience?: number };
}

export async function playInChild(task: StoryTask): Promise<StoryOutcome> {
  let last: LiveMessage | null = null;
  const end = await live.supervise<LiveMessage>({
    entry: modules(task.io.root).entry,
    order: orderFor(task),
    host: {
      node: process.execPath,
      groups: process.platform !== "win32",
      kill: (pid, signal) => process.kill(pid, signal),
    },
    limits: { ...LIMITS, ...(task.limits?.silence === undefined ? {} : { silence: task.limits.silence }) },
    env: childEnvironment(task.io.env),
    signal: task.signal,
    onMessage: (message) => {
      last = message;
      if (message.kind === "progress") task.onProgress(message.progress);
    },
  });
  return outcome(task.scenario, { end, last });
}

/** The sources beside this file when they run as they are; else what was built from them. */
function modules(root: string): { entry: string; kit: string } {
  const source = import.meta.url.endsWith(".ts");
  const place = source ? import.meta.dirname : join(root, "dist");
  return {
    entry: join(place, source ? "live-process.ts" : "live-process.js"),
    kit: pathToFileURL(source ? join(place, "..", "kit", "index.ts") : join(place, "kit.js")).href,
  };
}

function orderFor({ io, scenario, stage, limits, cache: place = null }: StoryTask): LiveOrder {
  const { slug } = scenario;
  return {
    root: io.root,
    slug,
    ...stage,
    cache: orderCache({ place, slug, whose: `${io.cwd} story`, home: dirname(stage.databaseFile) }),
    kit: modules(io.root).kit,
    patience: limits?.patience ?? PATIENCE,
  };
}

function outcome(scenario: Scenario, { end, last }: { end: live.ChildEnd; last: LiveMessage | null }): StoryOutcome {
  const { printed } = end;
  if (end.kind === "aborted") return { kind: "interrupted" };
  if (last?.kind === "done") return { kind: "done", run: last.run, printed };
  if (last?.kind === "fault") return { kind: "fault", verdict: last.verdict, fault: last.fault, printed };
  if (last?.kind === "environment") return last;
  if (last === null) return { kind: "environment", ...failedStart(end) };
  const { file, what } = underWay(scenario, last);
  const { verdict, message } = endedBadly(end, what);
  const memory = OUT_OF_MEMORY.test(printed); // V8 prints pages about it, none of them for participants
  return {
    kind: "fault",
    verdict,
    fault: { message, location: end.location ?? (file === null ? null : { file, line: 1, column: 1 }) },
    printed: memory ? "" : printed,
  };
}

/** Its first word comes before the first handler is loaded. */
function failedStart({ kind, code, printed }: live.ChildEnd): { message: string; hint: string } {
  const reason = kind === "exited" ? kind : "silent";
  const { message, hint } = failedStartError({ reason, code, signal: null, stderr: printed });
  return { message, hint };
}

function endedBadly(end: live.ChildEnd, what: string): { verdict: "crashed" | "timed-out"; message: string } {
  if (end.kind !== "exited")
    return { verdict: "timed-out", message: `${what} never came back: look for a loop that does not end.` };
  if (OUT_OF_MEMORY.test(end.printed))
    return { verdict: "crashed", message: `${what} used more than ${LIMITS.memory} MiB of memory.` };
  return { verdict: "crashed", message: `${what} ended the process (exit code ${end.code ?? "none"}).` };
}

/** The last thing that was begun, by the last message. */
function underWay(scenario: Scenario, last: LiveMessage): { file: string | null; what: string } {
  if (last.kind === "loading") return { file: last.file, what: `Loading ${last.file}` };
  if (last.kind !== "progress") return { file: null, what: "Starting the service" };
  const { viewer, crowd } = scenario.story;
  const { progress } = last;
  const spec = progress.phase === "writes" ? crowd.request(progress.position) : viewer.request;
  const route = scenario.routes.find(({ id }) => id === spec.route);
  return { file: route?.file ?? null, what: `${route?.export ?? "The handler"} (${route?.method ?? ""} ${spec.path})` };
}
