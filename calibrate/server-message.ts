/** What the calibrating process and a server process say to each other. Types only; all of it travels as JSON. */

/** The first and only message to a server. */
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

export type ServerMessage =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "fault"; readonly message: string };
