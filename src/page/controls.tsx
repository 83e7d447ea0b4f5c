/** The instructor's hand on the service: who acts, what the cache does, how time passes. Every change is an order. */
import type { JSX } from "preact";
import type { ControlOrder, LiveState } from "../vocabulary.ts";

interface ControlsProps {
  readonly state: LiveState;
  /** False: they are shown, and do nothing. */
  readonly mayControl: boolean;
  readonly order: (order: ControlOrder) => void;
}

/** Writes a second of the steady stream. */
export const STREAM_RATE = 2;
export const AN_HOUR = 60;

type Outage = (ControlOrder & { kind: "outage" })["fault"];

const OUTAGES: readonly { readonly fault: Outage; readonly name: string; readonly means: string }[] = [
  { fault: null, name: "works", means: "The cache works" },
  { fault: "miss", name: "forgets", means: "The cache forgets everything: every get is a miss" },
  { fault: "false", name: "refuses", means: "The cache refuses without an error: set and delete answer false" },
  { fault: "error", name: "throws", means: "Every call of the cache throws" },
  { fault: "hang", name: "hangs", means: "The cache does not answer" },
];

export function Controls({ state, mayControl, order }: ControlsProps): JSX.Element {
  const { scenario, traffic } = state;
  const streams = traffic.stream > 0;
  const act = { mayControl, order };
  return (
    <section class="controls" aria-label="Controls">
      <Group name={scenario.viewer}>
        <Action {...act} main does={{ kind: "look" }} text="looks" />
      </Group>
      <Group name={scenario.crowd.name}>
        <Action {...act} does={{ kind: "write", count: 1 }} text="one" />
        <Action
          {...act}
          main
          does={{ kind: "write", count: scenario.crowd.count }}
          text={`all ${scenario.crowd.count}`}
        />
        <Action
          {...act}
          does={{ kind: "stream", perSecond: streams ? 0 : STREAM_RATE }}
          text="stream"
          pressed={streams}
        />
      </Group>
      <Group name="Cache">
        <OutageSwitch {...act} now={state.cache.outage} />
        <Action {...act} does={{ kind: "clear-cache" }} text="clear" />
      </Group>
      <Group name="Clock">
        <Action {...act} does={{ kind: "advance", minutes: AN_HOUR }} text="an hour passes" />
      </Group>
      <Group name="Story">
        <Action {...act} does={{ kind: "start-again" }} text="start again" />
      </Group>
    </section>
  );
}

function Group({ name, children }: { name: string; children: JSX.Element | JSX.Element[] }): JSX.Element {
  return (
    <fieldset>
      <legend>{name}</legend>
      <div class="actions">{children}</div>
    </fieldset>
  );
}

interface ActionProps extends Pick<ControlsProps, "mayControl" | "order"> {
  readonly does: ControlOrder;
  readonly text: string;
  readonly main?: boolean;
  /** Of a switch: whether it is on. */
  readonly pressed?: boolean;
}

function Action({ does, text, main, pressed, mayControl, order }: ActionProps): JSX.Element {
  return (
    <button
      type="button"
      class={main === true ? "main" : ""}
      disabled={!mayControl}
      aria-pressed={pressed}
      data-order={does.kind}
      onClick={() => order(does)}
    >
      {text}
    </button>
  );
}

function OutageSwitch({
  now,
  mayControl,
  order,
}: Pick<ActionProps, "mayControl" | "order"> & { now: string | null }): JSX.Element {
  return (
    <div class="switch" role="radiogroup" aria-label="Cache outage">
      {OUTAGES.map(({ fault, name, means }) => (
        <label key={name} title={means} class={fault === null ? "" : "faulty"}>
          <input
            type="radio"
            name="outage"
            value={name}
            checked={now === fault}
            disabled={!mayControl}
            onChange={() => order({ kind: "outage", fault })}
          />
          <span>{name}</span>
        </label>
      ))}
    </div>
  );
}
