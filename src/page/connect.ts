/** Hears the service: its event stream as messages, for as long as the page is open, through every restart of the service. */
import type { LiveFrame, LiveSnapshot } from "../vocabulary.ts";
import type { Message } from "./model.ts";

/** The browser tries again by itself unless it was refused; then the page does, this many milliseconds later. */
const AGAIN = 1000;

/** Gives what ends it. */
export function connect(hear: (message: Message) => void): () => void {
  let source = open();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function open(): EventSource {
    const stream = new EventSource("/events");
    stream.addEventListener("open", () => hear({ kind: "opened" }));
    stream.addEventListener("snapshot", ({ data }: MessageEvent<string>) => {
      hear({ kind: "snapshot", snapshot: JSON.parse(data) as LiveSnapshot, receivedAt: performance.now() });
    });
    stream.addEventListener("frame", ({ data }: MessageEvent<string>) => {
      hear({ kind: "frame", frame: JSON.parse(data) as LiveFrame, receivedAt: performance.now() });
    });
    stream.addEventListener("error", () => {
      hear({ kind: "lost" });
      if (stream.readyState === EventSource.CLOSED) waiting = setTimeout(() => (source = open()), AGAIN);
    });
    return stream;
  }

  return () => {
    clearTimeout(waiting);
    source.close();
  };
}
