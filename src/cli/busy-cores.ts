/** Keeps every core busy while something else has to prove that it does not depend on being alone. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

/** Ends by itself when we are gone, however that happened. */
const BURN = `for (;;) if (process.ppid !== ${String(process.pid)}) process.exit();`;

export async function withBusyCores<Result>(work: () => Promise<Result>): Promise<Result> {
  const burners = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", BURN], { stdio: "ignore" }),
  );
  const stop = (): void => burners.forEach((burner) => burner.kill("SIGKILL"));
  process.once("exit", stop);
  try {
    return await work();
  } finally {
    process.off("exit", stop);
    stop();
  }
}
