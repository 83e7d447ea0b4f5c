/**
 * One screen after another in a terminal, and single keys from it. Needs a terminal on both sides; leaves it as it was,
 * with the last screen standing. What was on it before is moved up, not overwritten.
 */
import { emitKeypressEvents, type Key } from "node:readline";
import { createSupportsHyperlinks } from "supports-hyperlinks";

export interface Listener {
  key(key: string): void;
  resized(): void;
}

export interface LiveScreen {
  /** Replaces what is shown. Lines end with a line break. */
  draw(text: string): void;
  /** Below what is shown. */
  append(text: string): void;
  size(): { readonly columns: number; readonly rows: number };
  /** Who hears keys and resizing from now on. Keys are characters, or names such as `return` and `up`; not Ctrl-C. */
  listen(listener: Listener): void;
  /** Whether paths can be links. */
  readonly links: boolean;
  close(): void;
}

const HOME_AND_CLEAR = "\u001B[H\u001B[J";

export function openLiveScreen(): LiveScreen {
  const { stdin, stdout } = process;
  const size = (): { columns: number; rows: number } => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  let listener: Listener | null = null;
  const hearKey = (text: string | undefined, key: Key): void => {
    // In raw mode Ctrl-C is a key like others; whoever ends the program listens to the signal.
    if (key.ctrl === true && key.name === "c") process.emit("SIGINT");
    else if (key.ctrl !== true && key.meta !== true) listener?.key(key.name ?? text ?? "");
  };
  const hearSize = (): void => listener?.resized();
  emitKeypressEvents(stdin);
  stdin.setRawMode(true).resume().on("keypress", hearKey);
  stdout.on("resize", hearSize);
  stdout.write("\n".repeat(size().rows));
  return {
    draw: (text) => void stdout.write(HOME_AND_CLEAR + text),
    append: (text) => void stdout.write(text),
    size,
    listen: (next) => void (listener = next),
    links: showsLinks(),
    close: () => {
      stdout.off("resize", hearSize);
      stdin.off("keypress", hearKey).setRawMode(false).pause();
    },
  };
}

/** Editors' own terminals make a link of `path:line` themselves, and theirs goes to the line. */
function showsLinks(): boolean {
  const { env, stdout } = process;
  const editors = env["TERM_PROGRAM"] === "vscode" || env["TERMINAL_EMULATOR"] === "JetBrains-JediTerm";
  return !editors && createSupportsHyperlinks(stdout);
}
