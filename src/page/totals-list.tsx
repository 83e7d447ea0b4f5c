/** How often each thing has happened since the service was started or set back, as the service counts it. */
import type { JSX } from "preact";
import type { LiveState } from "../vocabulary.ts";
import { countText } from "./amounts.ts";

type Totals = LiveState["totals"];

/** The last two are no good sign. */
const NAMES: readonly (readonly [keyof Totals, string, "bad"?])[] = [
  ["reads", "reads"],
  ["writes", "writes"],
  ["hits", "hits"],
  ["misses", "misses"],
  ["sets", "sets"],
  ["deletes", "deletes"],
  ["staleAnswers", "stale answers", "bad"],
  ["failures", "failures", "bad"],
];

export function TotalsList({ totals }: { readonly totals: Totals }): JSX.Element {
  return (
    <dl class="totals">
      {NAMES.map(([total, name, tone]) => (
        <div key={total} class={tone !== undefined && totals[total] > 0 ? tone : ""}>
          <dt>{name}</dt>
          <dd>{countText(totals[total])}</dd>
        </div>
      ))}
    </dl>
  );
}
