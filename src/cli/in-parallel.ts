/** Works through a list a few at a time. Results keep the list's order; the first error ends everything. */
export async function inParallel<Item, Result>(options: {
  items: readonly Item[];
  atOnce: number;
  work: (item: Item) => Promise<Result>;
}): Promise<Result[]> {
  const { items, atOnce, work } = options;
  const results: Result[] = [];
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [position, item] of left) results[position] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, worker));
  return results;
}
