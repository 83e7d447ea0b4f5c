import type Keyv from "keyv";

export class StatisticsCache {
  constructor(private readonly cache: Keyv) {}

  async forget(id: number): Promise<void> {
    await this.cache.delete(`dataset_stats_${id}`);
  }
}
