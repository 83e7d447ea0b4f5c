/** Records what happened, for `list` and `report`. What prevents it is one line and changes no result. */
import { WorkshopError } from "../errors.ts";
import type { Io } from "./io.ts";

export async function keepRecord(io: Pick<Io, "err">, record: () => Promise<unknown>): Promise<void> {
  try {
    await record();
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    io.err(`note  Not recorded: ${error.message} ${error.hint}\n`);
  }
}
