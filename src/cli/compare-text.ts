/** A comparison of strategies as lines for a terminal. Prints nothing. */
import type { Comparison, Spread, StrategyFigures } from "../vocabulary.ts";
import { factLines, heading, type Look } from "./prose.ts";
import { type Cell, tableLines } from "./text-table.ts";

export interface ComparisonShown {
  readonly comparison: Comparison;
  readonly title: string;
  /** The file with the chart, as it was asked for; null: none was drawn. */
  readonly chart: string | null;
}

export function comparisonText({ comparison, title, chart }: ComparisonShown, look: Look): string {
  const { strategies, minutes, traffic, seed } = comparison;
  const { reads, writes, external } = traffic;
  const wrong = strategies.filter(({ wrongAnswers }) => wrongAnswers > 0);
  return [
    heading(`⚖️ STRATEGIES COMPARED: ${title}`, look),
    "",
    ...tableLines({ heads: SERVED, rows: strategies.map(servedRow) }, look),
    "",
    ...tableLines({ heads: COSTS, rows: strategies.map(costRow) }, look),
    "",
    ...factLines(
      [
        [
          "traffic",
          `${minutes} min by the service's clock: ${reads} reads, ${writes} writes, ${external} from elsewhere`,
        ],
        ["hit", "a read answered without a costly database read"],
        ["stale", "p50, p99, stalest: how long before the answer what it says had stopped being true"],
        ...wrong.map((each) => ["wrong", `${each.title}: ${each.wrongAnswers} answers that were never true`] as const),
        ["latency", "what the scenario's database takes, by the same clock; no computing"],
        ["again", `the same figures with --seed ${seed} --minutes ${minutes}`],
        ...(chart === null ? [] : [["chart", chart] as const]),
      ],
      look,
    ),
    "",
    ...factLines(
      strategies.map((each) => [each.title, each.summary]),
      look,
    ),
    "",
  ].join("\n");
}

const SERVED = ["", "hit rate", "stale answers", "stale p50", "stale p99", "stalest"];
const COSTS = ["", "db reads", "costly", "write p50", "write p99", "read p50", "read p99"];

function servedRow({ title, hitRate, staleAnswers, staleness }: StrategyFigures): Cell[] {
  const found = (pick: (spread: Spread) => number): string => (staleness === null ? "-" : span(pick(staleness)));
  return [
    { text: title },
    { text: `${(hitRate * 100).toFixed(1)} %` },
    { text: String(staleAnswers), tone: staleAnswers > 0 ? "bad" : "good" },
    { text: found(({ p50 }) => p50) },
    { text: found(({ p99 }) => p99) },
    { text: found(({ longest }) => longest) },
  ];
}

function costRow({ title, databaseReads, writeLatency, readLatency }: StrategyFigures): Cell[] {
  const { all, costly } = databaseReads;
  const times = [writeLatency.p50, writeLatency.p99, readLatency.p50, readLatency.p99];
  return [title, String(all), String(costly), ...times.map(span)].map((text) => ({ text }));
}

function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

export function progressText(strategy: string, share: number): string {
  return `${strategy}  ${Math.round(share * 100)} %`;
}
