/** How a process in which handlers run is started: what Node lets it do, how much room it has, what it gives way to. */
import { constants, setPriority } from "node:os";

export interface Rights {
  /** Absolute paths that the process may read; it may write nothing. */
  readonly mayRead: readonly string[];
  /** Needed where SQLite lives in the same process as the handlers. */
  readonly addons: boolean;
  /** It holds no handlers and may do what this process may, such as starting processes of this kind. */
  readonly trusted?: boolean;
}

/** The longest checks of right handlers get on with 48; those that fill it are found out sooner. */
const HEAP_MEGABYTES = 64;
/** Worlds leave much behind and keep nothing: with more room, an exploration only fills it. */
const YOUNG_MEGABYTES = 2;

/** For Node itself, before the entry; `known`: what this Node has flags for. */
export function flagsOf({ mayRead, addons, trusted }: Rights, known: ReadonlySet<string>): string[] {
  const young = `--max-semi-space-size=${String(YOUNG_MEGABYTES)}`;
  const common = ["--disable-warning=ExperimentalWarning", "--disable-warning=SecurityWarning", young];
  if (trusted === true) return common;
  const flag = (name: string): string[] => (known.has(name) ? [name] : []);
  return [
    "--permission",
    ...mayRead.map((path) => `--allow-fs-read=${path}`),
    ...(addons ? ["--allow-addons", ...flag("--allow-inspector"), "--inspect-port=0"] : []),
    ...common,
    `--max-old-space-size=${String(HEAP_MEGABYTES)}`,
  ];
}

/** A wish: what refuses it goes on as before. */
export function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // it has ended already, which `ended` tells, or this system has no priorities
  }
}
