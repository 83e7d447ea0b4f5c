/** The page's own running time, once a second, for what grows old between two messages of the service. */
import { useEffect, useState } from "preact/hooks";

/** Milliseconds since the page was opened, as messages are stamped with. */
export function usePageTime(every = 1000): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(performance.now()), every);
    return () => clearInterval(ticking);
  }, [every]);
  return now;
}
