/** Shows an address in the reader's browser. Where there is none, says what to open: no reason to fail. */
import type { Io } from "./io.ts";

export async function openInBrowser(address: string, io: Pick<Io, "err">): Promise<void> {
  try {
    // Loaded late: few calls of the command open anything.
    const { default: open } = await import("open");
    await open(address);
  } catch {
    io.err(`note  No browser could be started here. Open it yourself: ${address}\n`);
  }
}
