/**
 * One screen after another in a terminal, and single keys from it. Needs a terminal on both sides; leaves it as it was,
 * with the last screen standing. What was on it before is moved up, not overwritten.
 */
import { emitKeypressEvents, type Key } from "node:readline";

export interface LiveScreen {
  /** Replaces what is shown. Lines end with a line break. */
  draw(text: string): void;
  /** Below what is shown. */
  append(text: string): void;
  size(): { readonly columns: number; readonly rows: number };
  /** Single characters, and names such as `return` and `up`. Ctrl-C is not among them. */
  onKey(listener: (key: string) => void): void;
  onResize(listener: () => void): void;
  close(): void;
}

const HOME_AND_CLEAR = "\u001B[H\u001B[J";

export function openLiveScreen(): LiveScreen {
  const { stdin, stdout } = process;
  const size = (): { columns: number; rows: number } => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const keys: ((key: string) => void)[] = [];
  const resizes: (() => void)[] = [];
  const hearKey = (text: string | undefined, key: Key): void => {
    // In raw mode Ctrl-C is a key like others; whoever ends the program listens to the signal.
    if (key.ctrl === true && key.name === "c") process.emit("SIGINT");
    else if (key.ctrl !== true && key.meta !== true) for (const listener of keys) listener(key.name ?? text ?? "");
  };
  const hearSize = (): void => resizes.forEach((listener) => listener());
  emitKeypressEvents(stdin);
  stdin.setRawMode(true).resume().on("keypress", hearKey);
  stdout.on("resize", hearSize);
  stdout.write("\n".repeat(size().rows));
  return {
    draw: (text) => void stdout.write(HOME_AND_CLEAR + text),
    append: (text) => void stdout.write(text),
    size,
    onKey: (listener) => void keys.push(listener),
    onResize: (listener) => void resizes.push(listener),
    close: () => {
      stdout.off("resize", hearSize);
      stdin.off("keypress", hearKey).setRawMode(false).pause();
    },
  };
}
