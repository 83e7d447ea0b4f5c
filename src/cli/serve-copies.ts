/** Copies of the database for a serving process. The command makes them: this process does not know where the original is. */
import { rmSync } from "node:fs";
import { WorkshopError } from "../errors.ts";
import type { FromServing, ToServing } from "./serve-message.ts";

export interface Copies {
  /** Gives the path of a new one; rejects with a WorkshopError. */
  copyDatabase(): Promise<string>;
  discard(file: string): void;
  /** To be told what the command answers, in order. */
  answered(message: Extract<ToServing, { kind: "copied" | "not-copied" }>): void;
}

export function openCopies(tell: (message: FromServing) => void): Copies {
  const waiting: PromiseWithResolvers<string>[] = [];
  return {
    copyDatabase: () => {
      const copy = Promise.withResolvers<string>();
      waiting.push(copy);
      tell({ kind: "copy-wanted" });
      return copy.promise;
    },
    discard: (file) => {
      for (const name of [file, `${file}-wal`, `${file}-shm`]) remove(name);
    },
    answered: (message) => {
      const copy = waiting.shift();
      if (message.kind === "copied") return copy?.resolve(message.databaseFile);
      const { message: said, hint } = message;
      copy?.reject(new WorkshopError({ code: "environment", message: said, hint }));
    },
  };
}

/** Where others still have it open and that keeps it, the last of them removes it. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}

/** The command's side of it. */
export function answerWithCopy(copy: () => Promise<string>, tell: (message: ToServing) => void): void {
  copy().then(
    (databaseFile) => tell({ kind: "copied", databaseFile }),
    (error: unknown) => {
      const { message, hint } = error instanceof WorkshopError ? error : { message: String(error), hint: "Try again." };
      tell({ kind: "not-copied", message, hint });
    },
  );
}
