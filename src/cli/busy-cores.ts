/** Keeps every core busy while something else has to prove that it does not depend on being alone. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

export async function withBusyCores<Result>(work: () => Promise<Result>): Promise<Result> {
  const burners = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", "for (;;) {}"], { stdio: "ignore" }),
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
