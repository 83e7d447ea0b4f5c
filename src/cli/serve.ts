/**
 * `stale-stats serve`: the scenario's real service on a port, on its own copy of the workshop's database, with a page in
 * front of it. Runs until Ctrl-C; changes nothing of the participant's.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";
import { loadScenario, pages } from "../scenario/index.ts";
import type { KeptVerdict, Scenario } from "../vocabulary.ts";
import { copyDatabase, openWorkshop } from "../workspace/index.ts";
import { type CachePlace, orderCache, readCachePlace } from "./cache-order.ts";
import { childEnvironment } from "./child-environment.ts";
import type { Io } from "./io.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { type Door, openDoor } from "./serve-listen.ts";
import { type Keeper, keepServing } from "./serve-keeper.ts";
import type { KeeperNews, KeeperParts } from "./serve-news.ts";
import { guidePage } from "./serve-guide.ts";
import { type HandlerSource, handlerSource, serviceByDefault, type ServiceName } from "./serve-source.ts";
import { onServeStage, type ServeStage } from "./serve-stage.ts";
import { newsText, pageAddress, startText } from "./serve-text.ts";
import { followSource } from "./serve-follow.ts";
import { followVerdict, type VerdictFollower, type VerdictWatch } from "./serve-verdict.ts";
import { untilStopped } from "./until-stopped.ts";

export interface ServeOptions {
  readonly scenario: string;
  readonly port?: number;
  readonly host?: string;
  readonly open?: boolean;
  readonly handlers?: string;
  readonly cache?: string;
  readonly service?: ServiceName;
  /** Processes that serve; 1 unless given. */
  readonly workers?: number;
  /** Milliseconds without a sign of life after which the service is started again; for tests that need not wait so long. */
  readonly silence?: number;
  /** Told where it serves, in place of people. */
  readonly onServing?: (address: string) => void;
}

const SILENCE = 5000;
/** Milliseconds between two looks for a new verdict. */
const VERDICTS = 500;

/** Exit code 130 when interrupted, like every command. Throws an environment error without a set-up or a port. */
export async function run(options: ServeOptions, io: Io): Promise<number> {
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  const { handlers, host = "127.0.0.1", port } = options;
  const usual = handlers === undefined ? serviceByDefault({ ...place, root: io.root }) : "working";
  const { service = usual } = options;
  const databaseFile = service === "lab" ? null : (await openWorkshop(place)).databaseFile;
  const cache = readCachePlace(options.cache);
  if (cache === null && (options.workers ?? 1) > 1) throw nothingShared(options.workers ?? 1);
  const source = handlerSource({ scenario, service, handlers, io });
  const door = await openDoor({ host, port });
  try {
    await untilStopped(io, (signal) =>
      onServeStage(
        (to) => copyDatabase({ ...place, to, ...(service === "lab" ? { orBuild: scenario } : {}) }),
        (stage) => serve({ options, io, scenario, source, door, stage, cache, signal, databaseFile }),
      ),
    );
  } finally {
    door.close();
  }
  return 0;
}

function nothingShared(workers: number): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: `${workers} processes cannot share a cache that is in the memory of one: what one deletes, the others would keep.`,
    hint: "Give them a Redis with --cache redis://127.0.0.1:6379, or leave --workers out.",
  });
}

interface Job {
  readonly options: ServeOptions;
  readonly io: Io;
  readonly scenario: Scenario;
  readonly source: HandlerSource;
  readonly door: Door;
  readonly stage: ServeStage;
  readonly cache: CachePlace;
  readonly signal: AbortSignal;
  /** The workshop's, in which verdicts are kept; null: a lab is served, on which there are none. */
  readonly databaseFile: string | null;
}

async function serve(job: Job): Promise<void> {
  const { stage, door, source, io, signal } = job;
  const token = live.serving.secret();
  const parts = await partsOf(job, token);
  const follower = await followSource({ source, stage, io });
  const look = verdictsOf(job, follower.files);
  let verdict: KeptVerdict | null = null;
  await look((kept) => void (verdict = kept)).catch(async (error: unknown) => {
    await follower.close(); // it would keep the process alive
    throw error;
  });
  const announced = Promise.withResolvers<void>();
  const keeper: Keeper = keepServing({
    ...parts,
    first: follower.first,
    fault: follower.fault,
    verdict,
    handTo: door.handTo,
    tell: (news) => {
      if (news.kind === "ready") announced.resolve(); // at the first start, or at the one that went well
      if (news.kind !== "ready" || news.restarted) tellNews(news, io);
    },
  });
  const stopped = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => stopped.resolve());
  const stopLooking = live.serving.startTicker(VERDICTS, () => {
    look(keeper.showVerdict).catch(stopped.reject);
  });
  const over = Promise.race([keeper.over, stopped.promise, follower.follow(keeper, signal)]);
  try {
    await Promise.race([over, announced.promise]);
    await announce(job, token);
    await over;
  } finally {
    stopLooking();
    await keeper.end();
    await follower.close();
  }
}

function verdictsOf({ io, scenario, databaseFile }: Job, files: VerdictWatch["files"]): VerdictFollower["look"] {
  if (databaseFile === null) return async () => {};
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  return followVerdict({ place, databaseFile, files }).look;
}

type Shared = Omit<KeeperParts, "first" | "fault" | "verdict" | "handTo" | "tell">;

async function partsOf({ options, io, scenario, source, door, stage, cache }: Job, token: string): Promise<Shared> {
  const { entry, kit, pageFolder } = modules(io.root);
  return {
    entry,
    host: {
      node: process.execPath,
      groups: process.platform !== "win32",
      kill: (pid, signal) => process.kill(pid, signal),
    },
    env: childEnvironment(io.env),
    silence: options.silence ?? SILENCE,
    workers: options.workers ?? 1,
    databaseFile: await stage.copyDatabase(),
    copyDatabase: stage.copyDatabase,
    order: {
      root: io.root,
      slug: scenario.slug,
      home: stage.home,
      kit,
      // Nobody else has this port; the folder tells this machine's services from those of others.
      cache: orderCache({ place: cache, slug: scenario.slug, whose: `${io.cwd} ${door.port}`, home: stage.home }),
      pageFolder,
      guide: guidePage(await pages.loadGuide({ root: io.root, slug: scenario.slug })),
      token,
      hosts: door.hosts,
      source: source.name,
    },
  };
}

/** The sources beside this file when they run as they are; else what was built from them. The page is built in any case. */
function modules(root: string): { entry: string; kit: string; pageFolder: string } {
  const source = import.meta.url.endsWith(".ts");
  const place = source ? import.meta.dirname : join(root, "dist");
  return {
    entry: join(place, source ? "serve-process.ts" : "serve-process.js"),
    kit: pathToFileURL(source ? join(place, "..", "kit", "index.ts") : join(place, "kit.js")).href,
    pageFolder: join(root, "dist", "page"),
  };
}

async function announce({ io, options, scenario, source, door, cache, signal }: Job, token: string): Promise<void> {
  if (signal.aborted) return;
  if (options.onServing !== undefined) return options.onServing(`http://${door.hosts[0] ?? ""}`);
  const { workers = 1 } = options;
  io.out(
    startText({ scenario, source, door, token, host: options.host, cache: cache?.shown ?? null, workers, look: io }),
  );
  if (options.open === true) await openInBrowser(pageAddress(door, token), io);
}

function tellNews(news: KeeperNews, io: Io): void {
  io.err(newsText(news, io));
}
