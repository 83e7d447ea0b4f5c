/** What a service does by itself: each job again and again, the next run some time after the end of the one before. */
import type { Scenario } from "../../vocabulary.ts";
import { unawaited } from "./unawaited.ts";

export interface JobParts {
  readonly scenario: Pick<Scenario, "routes">;
  readonly ask: (request: Request) => Promise<unknown>;
}

/** Gives the function that ends them; a run under way is not broken off. */
export function startJobs({ scenario, ask }: JobParts): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let over = false;
  for (const { id, method, path, every } of scenario.routes.filter(({ role }) => role === "job")) {
    const again = (): void => {
      if (over || every === undefined) return;
      const run = async (): Promise<void> => {
        await ask(new Request(`http://localhost${path}`, { method }));
        again();
      };
      timers.set(id, setTimeout(() => unawaited(run()), every).unref());
    };
    again();
  }
  return () => {
    over = true;
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
