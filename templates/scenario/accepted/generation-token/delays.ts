import type { Context } from "stale-stats";
import { renewToken } from "./tokens.ts";

/** PUT /trains/:id/delay */
export async function reportDelay(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  const minutes = await readMinutes(c);
  if (minutes === undefined) return c.json({ error: "minutes must be a whole number from 0 to 999" }, 422);

  const { changes } = await db.run("UPDATE trains SET delay_minutes = ? WHERE id = ?", minutes, id);
  if (changes === 0) return c.json({ error: "Train not found" }, 404);

  // After the commit: a board that is stored under the new token shows this
  // delay.
  await renewToken(cache, id);

  return c.json({ train_id: id, delay_minutes: minutes });
}

async function readMinutes(c: Context): Promise<number | undefined> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || !("minutes" in body)) return undefined;
  const { minutes } = body;
  const fits = typeof minutes === "number" && Number.isInteger(minutes) && minutes >= 0 && minutes <= 999;
  return fits ? minutes : undefined;
}
