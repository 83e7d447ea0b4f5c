import type { Context } from "stale-stats";

interface Departure {
  train_id: number;
  name: string;
  platform: number;
  delay_minutes: number;
}

/** GET /trains/:id */
export async function getDeparture(c: Context): Promise<Response> {
  const { db } = c.var;
  const id = Number(c.req.param("id"));

  const departure = await db.get<Departure>(
    "SELECT id AS train_id, name, platform, delay_minutes FROM trains WHERE id = ?",
    id,
  );
  if (!departure) return c.json({ error: "Train not found" }, 404);

  return c.json(departure);
}
