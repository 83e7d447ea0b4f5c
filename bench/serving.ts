/** The served scenario as a person starts it, for measuring: its address, its token, its processes, and its end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { bin } from "./run-command.ts";

export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly token: string;
  /** Of the process that answers. */
  readonly pid: number;
  order(kind: string, body?: object): Promise<void>;
  stop(): Promise<void>;
}

export async function serve(args: readonly string[], cwd: string): Promise<Served> {
  const child = spawn(process.execPath, [bin, "serve", "--port", "0", ...args], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8");
  while (!printed.includes("Ctrl-C")) printed += String((await once(child.stdout, "data"))[0]);
  const [, address = "", token = ""] = /(http:\/\/[^/]+)\/#token=(\w+)/u.exec(printed) ?? [];
  return {
    address,
    token,
    pid: childOf(child.pid ?? 0),
    order: async (kind, body = {}) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(`${address}/api/${kind}`, { method: "POST", headers, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`The order ${kind} was answered ${response.status}.`);
    },
    stop: async () => {
      child.kill("SIGINT");
      await once(child, "close");
    },
  };
}

/** The one child of a process, on Linux; 0 elsewhere. */
function childOf(parent: number): number {
  if (process.platform !== "linux") return 0;
  const isChild = (pid: string): boolean => {
    try {
      return new RegExp(`\\) \\S ${parent} `, "u").test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  };
  return Number(readdirSync("/proc").find((name) => /^\d+$/u.test(name) && isChild(name)) ?? 0);
}
