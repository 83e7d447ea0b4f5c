/**
 * Where a process is that no longer answers: starts its inspector by signal, pauses it, reads the top frames.
 * Takes a process id and its stderr; gives the handler's line, or null where the platform has no such signal.
 */
import process from "node:process";
import type { Readable } from "node:stream";
import type { Location } from "../vocabulary.ts";

/** Milliseconds for each of the two answers: on a busy machine the inspector takes its time. */
const PATIENCE = 3_000;

interface Frame {
  readonly url?: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
}

interface InspectorMessage {
  readonly method?: string;
  readonly params?: { readonly scriptId?: string; readonly url?: string; readonly callFrames?: readonly Frame[] };
}

export async function findLoop(target: { pid: number; stderr: Readable | null }): Promise<Location | null> {
  if (process.platform === "win32" || target.stderr === null) return null;
  const address = listenAddress(target.stderr);
  try {
    process.kill(target.pid, "SIGUSR1");
  } catch {
    return null;
  }
  const url = await withPatience(address);
  return url === null ? null : await withPatience(pausedAt(url));
}

function withPatience<T>(promise: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PATIENCE);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function listenAddress(stderr: Readable): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = "";
  stderr.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const address = /ws:\/\/127\.0\.0\.1:\S+/u.exec(text)?.[0];
    if (address !== undefined) resolve(address);
  });
  return promise;
}

function pausedAt(url: string): Promise<Location | null> {
  const { promise, resolve } = Promise.withResolvers<Location | null>();
  const socket = new WebSocket(url);
  const scripts = new Map<string, string>();
  socket.onerror = () => resolve(null);
  socket.onopen = () => {
    for (const [id, method] of ["Debugger.enable", "Debugger.pause"].entries())
      socket.send(JSON.stringify({ id, method }));
  };
  socket.onmessage = ({ data }) => {
    const { method, params } = JSON.parse(String(data)) as InspectorMessage;
    if (method === "Debugger.scriptParsed") scripts.set(params?.scriptId ?? "", params?.url ?? "");
    if (method !== "Debugger.paused") return;
    resolve(handlerFrame(params?.callFrames ?? [], scripts));
    socket.close();
  };
  return promise;
}

function handlerFrame(frames: readonly Frame[], scripts: ReadonlyMap<string, string>): Location | null {
  for (const { url, location } of frames) {
    const script = scripts.get(location.scriptId) ?? url ?? "";
    const file = /stale-stats-[^/]+\/[ab]\/([^?]+)/u.exec(script)?.[1];
    if (file !== undefined) return { file, line: location.lineNumber + 1, column: location.columnNumber + 1 };
  }
  return null;
}
