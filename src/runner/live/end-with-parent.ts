/**
 * Ends this process soon after its parent is gone, even while its main thread never yields: a thread of its own looks.
 * It waits half a second first, in which a main thread that does yield may tidy up and end by itself.
 * Takes the parent's process id; knows nothing of what the process is for.
 */
import { Worker } from "node:worker_threads";

/** What the thread runs: an orphan is handed to another parent. Windows does not say so and needs its own limits. */
const LOOKOUT = `
  const { workerData } = require("node:worker_threads");
  let orphaned = 0;
  setInterval(() => {
    if (process.ppid !== workerData) orphaned += 1;
    if (orphaned > 1) process.kill(process.pid, "SIGKILL");
  }, 500);
`;

export function endWithParent(parent: number): void {
  new Worker(LOOKOUT, { eval: true, workerData: parent }).unref();
}
