/** What the calibrating process and a server process say to each other. Types only; all of it travels as JSON. */

/** The first message to a server. */
export interface ServerOrder {
  /** Root of the package. */
  readonly root: string;
  readonly slug: string;
  /** Folder with the handlers: absolute, symbolic links resolved. */
  readonly folder: string;
  /** URL of the module that `stale-stats` stands for. */
  readonly kit: string;
  readonly databaseFile: string;
  readonly redis: string;
  readonly seed: string;
}

/** Any later one: run each job once, from begin to end. */
export interface JobsOrder {
  readonly kind: "run-jobs";
  /** Comes back with the answer. */
  readonly turn: number;
}

export type ServerMessage =
  | { readonly kind: "listening"; readonly port: number }
  /** Status of the first job that failed, or else of the last. */
  | { readonly kind: "jobs-ended"; readonly turn: number; readonly status: number }
  | { readonly kind: "fault"; readonly message: string };
