/** What is asked of a service, and when: a scenario's traffic, drawn once by a seed. Pure; sends nothing. */
import type { ComparedTraffic, ExternalWrite, Random, RequestSpec } from "../../vocabulary.ts";
import { createRandom } from "../seeded-random.ts";

/** `at`: milliseconds after the beginning. */
export type Arrival = { readonly at: number } & (
  | { readonly kind: "read" | "write"; readonly request: RequestSpec }
  | { readonly kind: "external"; readonly write: ExternalWrite }
);

const MINUTE = 60_000;

/** In the order of time. Each kind has chance of its own, so that more of one changes nothing about the others. */
export function planTraffic({ traffic, seed }: { traffic: ComparedTraffic; seed: string }): readonly Arrival[] {
  const { minutes, perMinute, external } = traffic;
  const drawn = <Kind>(kind: string, rate: number, draw: (at: number, random: Random) => Kind): Kind[] => {
    const random = createRandom(`${seed} ${kind}`);
    return moments({ random, rate, end: minutes * MINUTE }).map((at) => draw(at, random));
  };
  const plan: Arrival[] = [
    ...drawn("read", perMinute.reads, (at, random): Arrival => ({ at, kind: "read", request: traffic.read(random) })),
    ...drawn("write", perMinute.writes, (at, random): Arrival => {
      return { at, kind: "write", request: traffic.write(random) };
    }),
    ...(external === undefined
      ? []
      : drawn("external", perMinute.external, (at, random): Arrival => ({
          at,
          kind: "external",
          write: external(random),
        }))),
  ];
  return plan.toSorted((one, other) => one.at - other.at);
}

/** As people come who do not know of each other: the gaps between them are exponential, and whole milliseconds. */
function moments({ random, rate, end }: { random: Random; rate: number; end: number }): number[] {
  const found: number[] = [];
  const gap = (): number => Math.ceil(-Math.log(random.integer(1, 1_000_000) / 1_000_000) * (MINUTE / rate));
  if (rate <= 0) return found;
  for (let at = gap(); at < end; at += gap()) found.push(at);
  return found;
}
