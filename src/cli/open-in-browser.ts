/** Shows a file in the reader's browser. Where there is none, says where the file is: no reason to fail. */
import { pathToFileURL } from "node:url";
import type { Io } from "./io.ts";

export async function openInBrowser(file: string, io: Pick<Io, "err">): Promise<void> {
  const { href } = pathToFileURL(file);
  try {
    // Loaded late: few calls of the command open anything.
    const { default: open } = await import("open");
    await open(href);
  } catch {
    io.err(`note  No browser could be started here. Open it yourself: ${href}\n`);
  }
}
