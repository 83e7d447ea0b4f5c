import type { Context } from "stale-stats";
import { currentToken, withinLimit } from "./tokens.ts";

const ONE_HOUR = 60 * 60 * 1000;

interface Departure {
  train_id: number;
  name: string;
  platform: number;
  delay_minutes: number;
}

/** GET /trains/:id */
export async function getDeparture(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  // Asked for before the row is read: whoever is overtaken by a report stores
  // under a token that nobody uses any more.
  const cacheKey = `departure_${id}_${await currentToken(cache, id)}`;
  const cached = await withinLimit(cache.get<Departure>(cacheKey));
  if (cached) return c.json(cached);

  const departure = await db.get<Departure>(
    "SELECT id AS train_id, name, platform, delay_minutes FROM trains WHERE id = ?",
    id,
  );
  if (!departure) return c.json({ error: "Train not found" }, 404);

  await withinLimit(cache.set(cacheKey, departure, ONE_HOUR));
  return c.json(departure);
}
