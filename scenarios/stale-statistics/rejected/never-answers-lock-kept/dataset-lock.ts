const held = new Map<number, Promise<void>>();

/** Waits until nobody else holds the dataset; gives the function that lets it go. */
export async function acquire(id: number): Promise<() => void> {
  while (held.has(id)) await held.get(id);
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  held.set(id, released);
  return () => {
    held.delete(id);
    letGo();
  };
}
