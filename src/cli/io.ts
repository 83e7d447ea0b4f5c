/**
 * What a command may touch of the outside: two streams of text, what the terminal can show, and the folders.
 * Types only, so that a command's test can bring its own; `process-io.ts` makes the real one.
 */

export interface Io {
  /** Writes to standard output as it is: the caller ends its lines. */
  out(text: string): void;
  /** Writes to standard error as it is: notes, progress and errors; never results. */
  err(text: string): void;
  readonly color: boolean;
  /** False: print words or ASCII instead of symbols beyond ASCII. */
  readonly emoji: boolean;
  /** Columns of the terminal; 80 when there is none. */
  readonly width: number;
  /** A person can answer and watch: both streams are terminals and this is not CI. */
  readonly interactive: boolean;
  /** Absolute path of the package: `scenarios/` and `package.json` lie here. */
  readonly root: string;
  /** Absolute path where the command was called; the workshop's home is `workshop/` in it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Keys that a session at the screen listens to meanwhile; absent: nothing but commands can be typed. */
  readonly keys?: readonly string[];
  /** Aborted by the first Ctrl-C. A command that listens may tidy up and return; all others are ended at once. */
  readonly interrupted?: AbortSignal;
}
