/** Keeps what was looked at or done between two checks in the workshop's progress. */
import { join } from "node:path";
import { progress } from "../workspace/index.ts";
import type { Io } from "./io.ts";
import { keepRecord } from "./keep-record.ts";

type NewEvent = Parameters<typeof progress.recordEvent>[1];

export async function recordEvent(happened: {
  slug: string;
  event: NewEvent;
  io: Pick<Io, "cwd" | "err">;
}): Promise<void> {
  const { slug, event, io } = happened;
  await keepRecord(io, () => progress.recordEvent({ home: join(io.cwd, "workshop"), slug }, event));
}
