/** Requests that overlapped, side by side: a heading for each, and its steps below it on common rows. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { durationText } from "./amounts.ts";
import type { RequestColumn, RequestGroup, StepCell } from "./request-columns.ts";
import { stepWords } from "./step-words.ts";

interface RequestGroupProps {
  readonly group: RequestGroup;
  readonly names: ViewerNames;
  /** Position of the step that is looked at. */
  readonly looked: number | null;
  readonly look: (position: number) => void;
  /** Position of the one step that Tab leads to. */
  readonly tabStop: number | null;
}

interface ViewerNames {
  /** Method and path. */
  readonly viewerRequest: string;
  readonly viewer: string;
}

export function RequestGroupView({ group, looked, tabStop, ...rest }: RequestGroupProps): JSX.Element {
  const positions = new Set(group.columns.flatMap(({ cells }) => cells.map(({ step }) => step.position)));
  const [lookedHere, stopHere] = [looked, tabStop].map((step) => (step !== null && positions.has(step) ? step : null));
  const told = { looked: lookedHere ?? null, tabStop: stopHere ?? null };
  // Most groups are over and stay as they are while others come: those are not gone through again.
  return useMemo(
    () => (
      <div
        class={`request-group${group.columns.length > 1 ? " overlapped" : ""}`}
        style={{ gridTemplateRows: `auto repeat(${group.rows}, auto)` }}
      >
        {group.columns.map((column) => (
          <Column key={column.request} column={column} rows={group.rows} {...told} {...rest} />
        ))}
      </div>
    ),
    [[...positions].join(), told.looked, told.tabStop],
  );
}

type ColumnProps = Omit<RequestGroupProps, "group"> & { readonly column: RequestColumn; readonly rows: number };

function Column({ column, rows, names, looked, look, tabStop }: ColumnProps): JSX.Element {
  return (
    <section class="request" style={{ gridRow: `span ${rows + 1}` }} aria-label={`Request ${column.request}`}>
      <Heading column={column} names={names} />
      <ol>
        {column.cells.map((cell) => (
          <Step
            key={cell.step.position}
            cell={cell}
            isLooked={cell.step.position === looked}
            isTabStop={cell.step.position === tabStop}
            look={look}
          />
        ))}
      </ol>
    </section>
  );
}

function Heading({
  column: { request, arrival, duration, hit },
  names,
}: Pick<ColumnProps, "column" | "names">): JSX.Element {
  if (arrival === null) return <h3 class="outside">outside a request</h3>;
  const { method, path } = arrival;
  const isViewer = `${method} ${path}` === names.viewerRequest;
  return (
    <h3 class={method === "GET" ? "reads" : "writes"}>
      <span class="who">
        <span class="count">{request}</span> {isViewer ? names.viewer : method}
      </span>
      <span class="took">{duration === null ? "…" : durationText(duration)}</span>
      <span class="path" title={`${method} ${path}`}>
        {isViewer ? `${method} ${path}` : path}
      </span>
      {hit === true && <span class="spoken">served from the cache</span>}
    </h3>
  );
}

interface StepProps {
  readonly cell: StepCell;
  readonly isLooked: boolean;
  readonly isTabStop: boolean;
  readonly look: (position: number) => void;
}

function Step({ cell: { step, row }, isLooked, isTabStop, look }: StepProps): JSX.Element {
  const { tone, deed, result } = stepWords(step);
  return (
    <li style={{ gridRow: row + 1 }}>
      <button
        type="button"
        class={`step ${tone}`}
        data-position={step.position}
        tabIndex={isTabStop ? 0 : -1}
        aria-pressed={isLooked}
        onMouseEnter={() => look(step.position)}
        onFocus={() => look(step.position)}
        onClick={() => look(step.position)}
      >
        <span class="deed">{deed}</span> <span class="result">{result}</span>
        {step.kind !== "answer" && step.duration >= SLOW && <span class="slow">{durationText(step.duration)}</span>}
      </button>
    </li>
  );
}

/** Milliseconds from which a step's duration is worth the room on its chip. */
const SLOW = 50;
