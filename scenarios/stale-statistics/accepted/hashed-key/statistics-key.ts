/** A digest: whoever can read the cache's keys learns nothing about what is asked for. */
export async function statisticsKey(id: number): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`dataset_stats_${id}`));
  return Buffer.from(digest).toString("base64url");
}
