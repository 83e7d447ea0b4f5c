/** Which lesson this is, whether the page still hears its service, which handlers run, and what time it is there. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LiveState } from "../vocabulary.ts";
import { linkTo } from "./access.ts";
import { spanText, timeText } from "./amounts.ts";
import type { Model } from "./model.ts";
import { isDark, switchTheme, watchTheme } from "./theme.ts";
import type { Service } from "./use-service.ts";
import { OUTCOMES, Stars } from "./verdict-panel.tsx";

interface PageHeaderProps {
  readonly service: Service;
  readonly view: "dashboard" | "present";
}

const OTHER_VIEW = {
  dashboard: { path: "/present", text: "Presenter’s view" },
  present: { path: "/", text: "Dashboard" },
};

export function PageHeader({ service: { model, state, since, token }, view }: PageHeaderProps): JSX.Element {
  const other = OTHER_VIEW[view];
  return (
    <header class="page-header">
      <h1>{state?.scenario.title ?? "stale-stats"}</h1>
      <ul>
        <li class={`connection ${model.connection}`}>{CONNECTIONS[model.connection]}</li>
        {view === "present" && state !== null && <LastVerdict kept={state.verdict} />}
        {state !== null && <li>{handlersText(state)}</li>}
        {state !== null && <li class="clock">{clockText(state, since)}</li>}
      </ul>
      <nav>
        <ThemeButton />
        <a href={linkTo(other.path, token)}>{other.text}</a>
      </nav>
    </header>
  );
}

/** What the whole room waits for: in sight as soon as there is one, and only as long as it is about what runs. */
function LastVerdict({ kept }: { kept: LiveState["verdict"] }): JSX.Element | null {
  if (kept === null || !kept.current) return null;
  const { verdict } = kept;
  const { text, tone } = OUTCOMES[verdict.verdict];
  return (
    <li class={`last-verdict ${tone}`}>
      <span role="status">
        <strong>{text}</strong> <Stars {...verdict} />
        {verdict.counterexample !== null && verdict.verdict !== "pass" && " V shows why"}
      </span>
    </li>
  );
}

const CONNECTIONS: Readonly<Record<Model["connection"], string>> = {
  connecting: "connecting",
  live: "live",
  lost: "connection lost, trying again",
};

function handlersText({ handlers: { source, version } }: LiveState): string {
  return `${source}, version ${version}`;
}

function clockText({ clock }: LiveState, since: number): string {
  const ahead = clock.ahead >= 1000 ? `, ${spanText(clock.ahead)} ahead` : "";
  return `${timeText(clock.now + since)}${ahead}`;
}

function ThemeButton(): JSX.Element {
  const [dark, setDark] = useState(isDark);
  useEffect(() => watchTheme(() => setDark(isDark())), []);
  return (
    <button type="button" class="quiet" onClick={switchTheme}>
      {dark ? "Light" : "Dark"}
    </button>
  );
}
