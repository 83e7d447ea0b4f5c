/**
 * What a handler may import from "stale-stats". The front door of the published package: everything named here is
 * a promise to participants, so it grows only with what the lessons need.
 */
export type { Context, Database, Transaction, Variables } from "../vocabulary.ts";
