/** What is said over the pipe between the confirm run and the children that hold the handlers. Types only. */
import type { Route } from "../vocabulary.ts";
import type { Activity, Call, Reply, WorldOpening } from "./effect.ts";
import type { LoadFault } from "./prepare-handlers.ts";

export type Command =
  | { readonly kind: "open"; readonly opening: WorldOpening }
  | { readonly kind: "arrive"; readonly call: Call }
  | { readonly kind: "reply"; readonly id: number; readonly actor: number; readonly reply: Reply }
  | { readonly kind: "fire"; readonly id: number }
  | { readonly kind: "clock"; readonly now: number };

/** What one of the worlds that are played side by side has to be told. */
export interface Part {
  readonly lane: number;
  readonly commands: readonly Command[];
}

export type ToChild =
  | { readonly kind: "load"; readonly folder: string; readonly routes: readonly Route[] }
  | { readonly kind: "play"; readonly parts: readonly Part[]; readonly mode: "rest" | "turn" };

export type FromChild =
  | { readonly kind: "loaded" }
  | { readonly kind: "fault"; readonly fault: LoadFault }
  /** One for each part, in their order. */
  | { readonly kind: "activity"; readonly activities: readonly Activity[] };
