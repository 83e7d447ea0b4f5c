/** A load test's results as lines for a terminal. Prints nothing. */
import { type Bucket, type LoadReport, percent, type WorkloadResult } from "./load-report.ts";
import { factLines, heading, type Look, painter } from "./prose.ts";

/** Columns of the longest bar. */
const BAR = 40;

export function loadText(report: LoadReport, look: Look): string {
  const { before, after } = report.hitRate;
  const isNew = before === null && after !== null;
  const rate = isNew
    ? `${percent(after)}, of a service that was new`
    : `${percent(before)} before, ${percent(after)} after`;
  const stale = report.workloads.some(({ staleAnswers }) => (staleAnswers ?? 0) > 0);
  return [
    ...report.workloads.flatMap((result) => [...workloadLines(result, look), ""]),
    ...factLines(
      [
        ["hit rate", rate],
        ...(stale ? [["stale", "true at no moment while the answer was under way, by the database"] as const] : []),
        ...report.missed.map((line) => ["missed", line] as const),
      ],
      look,
    ),
    "",
  ].join("\n");
}

function workloadLines(result: WorkloadResult, look: Look): string[] {
  const { latency, requests, staleAnswers } = result;
  const { bold, red } = painter(look);
  const stale = staleAnswers === null ? "not counted" : String(staleAnswers);
  const lost = result.refused + result.failed;
  return [
    `${bold(result.name)}  ${result.asks}`,
    ...factLines(
      [
        ["requests", `${requests}, ${Math.round(result.requestsPerSecond)} a second, ${result.connections} at a time`],
        [
          "half within",
          `${milliseconds(latency.p50)}; 90 % ${milliseconds(latency.p90)}; 99 % ${milliseconds(latency.p99)}`,
        ],
        ["hit rate", staleAnswers === null ? "not counted" : percent(result.hitRate)],
        ["stale answers", (staleAnswers ?? 0) > 0 ? red(stale) : stale],
        ...(lost === 0 ? [] : [["not answered well", `${result.refused} refused, ${result.failed} failed`] as const]),
      ],
      look,
    ),
    ...histogramLines(result.histogram, look),
  ];
}

/** One line for each bucket, the fullest with the longest bar. */
export function histogramLines(histogram: readonly Bucket[], look: Look): string[] {
  const most = Math.max(...histogram.map(({ answers }) => answers));
  const room = Math.max(8, Math.min(BAR, look.width - 24));
  const block = look.emoji ? "█" : "#";
  return histogram.map(({ below, answers }) => {
    const bar = answers === 0 ? "" : block.repeat(Math.max(1, Math.round((answers / most) * room)));
    return `  ${`< ${below} ms`.padStart(10)}  ${bar}${bar === "" ? "" : " "}${answers}`;
  });
}

export function progressText(
  name: string,
  { second, of, answers }: { second: number; of: number; answers: number },
): string {
  return `${name}  ${second} s of ${of}  ${answers} answers`;
}

export function loadHeading(title: string, address: string, look: Look): string {
  return `${heading(`📈 LOAD TEST: ${title}`, look)}\n  ${address}\n\n`;
}

function milliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}
