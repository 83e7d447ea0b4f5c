/**
 * Runners that handlers cannot talk into anything: world, gate and, with the caller, the judge live here; each app
 * instance has a process of its own behind a pipe, without addons and without permission to write.
 */
import type { Route, Run } from "../vocabulary.ts";
import { createLanes } from "./create-lanes.ts";
import type { Host } from "./effect.ts";
import type { HandlerProcess } from "./handler-process.ts";
import type { FromChild } from "./host-protocol.ts";
import type { LoadFault } from "./prepare-handlers.ts";
import { RemoteHost } from "./remote-host.ts";
import { WorldDatabase } from "./world-database.ts";
import { createRun, createWorldRunner, type PlayedScenario, type WorldRunner } from "./world-runner.ts";

export interface ConfirmConnection {
  /**
   * A runner over these children for worlds of this kind. `firstWorld`: ids from here on; no other runner may use them.
   * `epoch`: when they begin, in milliseconds since 1970; as those of an explorer unless given.
   */
  open(scenario: PlayedScenario, firstWorld: number, epoch?: number): ConfirmRunner;
}

export interface ConfirmRunner extends WorldRunner {
  /** Worlds side by side, as many as `run` is asked for, up to a number; not while another `run` plays. */
  readonly together: Run;
}

/** Worlds side by side; each has a database of its own, which takes a millisecond or two to make. */
const LANES = 12;

/** Worlds that are played one after the other; those side by side are numbered from here on. */
const LATER = 100_000;

/** Gives a fault when handlers do not load; null when a child ended first, and its ending tells why. */
export async function connectConfirm(options: {
  children: readonly [HandlerProcess, HandlerProcess];
  folder: string;
  routes: readonly Route[];
  /** Real milliseconds within which a child must answer whatever it is asked; else it is ended as silent. */
  patience: number;
  /** Called with every report of a child. */
  onLife?: () => void;
}): Promise<ConfirmConnection | { readonly fault: LoadFault | null }> {
  const { children, folder, routes, patience } = options;
  const host = new RemoteHost(children, { patience, onLife: options.onLife ?? (() => {}) });
  for (const child of children) child.expectWord(patience);
  const loaded = await Promise.all(children.map((child) => load(child, { kind: "load", folder, routes })));
  for (const outcome of loaded) if (outcome !== "loaded") return { fault: outcome };
  return {
    open: (scenario, firstWorld, epoch) => openRunner(host, { scenario, firstWorld, ...(epoch && { epoch }) }),
  };
}

function openRunner(
  host: RemoteHost,
  options: { scenario: PlayedScenario; firstWorld: number; epoch?: number },
): ConfirmRunner {
  const { scenario, firstWorld } = options;
  const open = (): { host: Host; database: WorldDatabase } => ({
    host: host.lane(),
    database: new WorldDatabase(scenario.schema),
  });
  let world = firstWorld + LATER;
  const common = { ...options, nextWorld: () => world++, disappointed: { once: false } };
  const together = createLanes(LANES, () => createRun({ ...common, ...open() }));
  return { ...createWorldRunner({ ...options, ...open() }), together };
}

function load(child: HandlerProcess, order: object): Promise<"loaded" | LoadFault | null> {
  return new Promise((resolve) => {
    child.onMessage((message) => {
      const said = message as FromChild | null;
      if (said?.kind !== "loaded" && said?.kind !== "fault") return;
      child.expectWord(null);
      resolve(said.kind === "fault" ? said.fault : "loaded");
    });
    child.ended.then(
      () => resolve(null),
      () => resolve(null),
    );
    child.send(order);
  });
}
