import type { Context } from "stale-stats";

type DatasetHandler = (c: Context) => Promise<Response>;

/**
 * Wraps a handler that changes a dataset. The entry is deleted when the
 * handler has done its work and before anybody gets the answer; a refused
 * request changed nothing, so it costs nobody a computation.
 */
export function forgettingStatistics(handler: DatasetHandler): DatasetHandler {
  return async (c) => {
    const response = await handler(c);
    if (response.ok) await c.var.cache.delete(`dataset_stats_${Number(c.req.param("id"))}`);
    return response;
  };
}
