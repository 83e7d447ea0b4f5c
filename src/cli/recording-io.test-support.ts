/** An Io that remembers what was written, for tests of commands in this process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "./io.ts";

export interface RecordingIo extends Io {
  printed(): string;
  complained(): string;
  /** Removes the folder that `cwd` names. */
  remove(): void;
}

/** Called in a new empty folder of its own, from this repository, without colour and without a person. */
export function recordingIo(changes: Partial<Io> = {}): RecordingIo {
  const cwd = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  const texts = { out: "", err: "" };
  return {
    out: (text) => void (texts.out += text),
    err: (text) => void (texts.err += text),
    color: false,
    emoji: true,
    width: 80,
    interactive: false,
    root: join(import.meta.dirname, "..", ".."),
    cwd,
    env: {},
    printed: () => texts.out,
    complained: () => texts.err,
    remove: () => rmSync(cwd, { recursive: true, force: true }),
    ...changes,
  };
}
