/** A failure, with what its repairs ask of it. Types only. */
import type { Failure } from "../explore.ts";
import type { CacheMutation } from "../judge/cache-use.ts";
import type { Culprit } from "./culprit.ts";

export interface Scene {
  readonly failure: Failure;
  readonly culprit: Culprit;
  readonly mutations: readonly CacheMutation[];
  /** Keys under which some read of the cast looks, even if none did in this history. */
  readonly visited: ReadonlySet<string>;
}
