/**
 * Ends this process soon after its parent is gone, even while its main thread never yields: a thread of its own looks.
 * Takes the parent's process id; knows nothing of what the process is for.
 */
import { Worker } from "node:worker_threads";

/** What the thread runs: an orphan is handed to another parent. Windows does not say so and needs its own limits. */
const LOOKOUT = `
  const { workerData } = require("node:worker_threads");
  setInterval(() => {
    if (process.ppid !== workerData) process.kill(process.pid, "SIGKILL");
  }, 500);
`;

export function endWithParent(parent: number): void {
  new Worker(LOOKOUT, { eval: true, workerData: parent }).unref();
}
