/**
 * Who takes part in a run: the actors that a plan names, and the reads of its end. Takes a cast and a scenario's routes;
 * starts nobody.
 */
import type { Cast, RequestRef, RequestSpec, Route, RunPlan } from "../vocabulary.ts";
import type { Player } from "./player.ts";

interface Service {
  readonly routes: readonly Route[];
}

export function castPlayers(service: Service, plan: RunPlan, cast: Cast): Player[] {
  const oneInstance = plan.repairs?.some(({ kind }) => kind === "one-instance") ?? false;
  const acting = plan.phases.flatMap(({ actors }) =>
    actors.map(({ ref, instance }) => ({
      ...playerOf(service, cast, ref),
      instance: oneInstance ? (0 as const) : instance,
      probe: false,
    })),
  );
  if (!plan.probe) return acting;
  // Each entry is read through both instances: what one process remembers, the other may never have heard.
  const probes = cast.reads.map((_, n) => ({
    ...playerOf(service, cast, `r${n}`),
    instance: oneInstance || (acting.length + n) % 2 === 0 ? (0 as const) : (1 as const),
    probe: true,
  }));
  return [...acting, ...probes];
}

type Part = Omit<Player, "instance" | "probe">;

function playerOf(service: Service, cast: Cast, ref: RequestRef): Part {
  const position = Number(ref.slice(1));
  if (ref.startsWith("e")) return externalOf(cast, ref, position);
  return ref.startsWith("j") ? jobOf(service, ref, position) : requestOf(service, ref, find(cast, ref, position));
}

function requestOf({ routes }: Service, ref: RequestRef, spec: RequestSpec): Part {
  const route = routes.find(({ id }) => id === spec.route);
  if (route === undefined)
    throw new RangeError(`the cast names the route ${spec.route}, which the scenario does not have`);
  return { ref, role: route.role, method: route.method, spec, external: null };
}

function jobOf({ routes }: Service, ref: RequestRef, position: number): Part {
  const route = routes.filter(({ role }) => role === "job")[position];
  if (route === undefined) throw new RangeError(`the scenario has no job ${ref}`);
  const spec = { route: route.id, path: route.path, label: "the service does this by itself" };
  return { ref, role: "job", method: route.method, spec, external: null };
}

function externalOf(cast: Cast, ref: RequestRef, position: number): Part {
  const external = cast.external?.[position];
  if (external === undefined) throw new RangeError(`the cast has no ${ref}`);
  const spec = { route: "", path: "", label: external.label };
  return { ref, role: "external", method: "SQL", spec, external };
}

function find(cast: Cast, ref: RequestRef, position: number): RequestSpec {
  const lists = { r: cast.reads, o: cast.others ?? [], w: cast.writes, x: cast.refused };
  const spec = lists[ref[0] as keyof typeof lists][position];
  if (spec === undefined) throw new RangeError(`the cast has no ${ref}`);
  return spec;
}
