/** Listens to what a response says while it is sent, without delaying or changing it. Knows no handler. */

/** What of Node's ServerResponse is needed. */
export interface Outgoing {
  readonly statusCode: number;
  write(chunk: unknown, ...rest: readonly unknown[]): boolean;
  end(chunk?: unknown, ...rest: readonly unknown[]): unknown;
}

/** Characters. What is longer is not listened to. */
const MOST = 1_000_000;

/** Calls `told` once, just before the end is sent; with null when there was too much of it. */
export function onAnswerText(outgoing: Outgoing, told: (status: number, text: string | null) => void): void {
  const { write, end } = outgoing;
  let heard = "";
  const hear = (chunk: unknown): void => {
    if (heard.length > MOST) return;
    if (typeof chunk === "string") heard += chunk;
    else if (chunk instanceof Uint8Array) heard += Buffer.from(chunk).toString("utf8");
  };
  outgoing.write = (chunk, ...rest) => {
    hear(chunk);
    return write.call(outgoing, chunk, ...rest);
  };
  outgoing.end = (chunk, ...rest) => {
    hear(chunk);
    told(outgoing.statusCode, heard.length > MOST ? null : heard);
    return end.call(outgoing, chunk, ...rest);
  };
}
