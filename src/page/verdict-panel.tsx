/** The last verdict of test-your-fix: how it ended, why, and its counterexample to step through. Decides nothing. */
import type { JSX } from "preact";
import type { LiveState, Verdict, VerdictKind } from "../vocabulary.ts";
import { placeText } from "./notices.ts";
import { ReplayColumns } from "./replay-columns.tsx";

interface VerdictPanelProps {
  readonly state: LiveState;
  /** The step being looked at, from 0; null: none. */
  readonly nth: number | null;
  readonly step: (nth: number | null) => void;
}

export function VerdictPanel({ state, nth, step }: VerdictPanelProps): JSX.Element {
  return (
    <section class="verdict" aria-labelledby="verdict-title">
      <header>
        <h2 id="verdict-title">Last verdict</h2>
        {state.verdict !== null && (
          <p class="note">
            {state.verdict.current ? "on the handlers as they are" : "the handlers have changed since"}
          </p>
        )}
      </header>
      {state.verdict === null ? (
        <NoVerdict slug={state.scenario.slug} />
      ) : (
        <Kept verdict={state.verdict.verdict} nth={nth} step={step} />
      )}
    </section>
  );
}

function NoVerdict({ slug }: { slug: string }): JSX.Element {
  return (
    <p class="none">
      None yet. It appears here after <code>npx stale-stats test-your-fix {slug}</code>
    </p>
  );
}

function Kept({ verdict, nth, step }: { verdict: Verdict } & Pick<VerdictPanelProps, "nth" | "step">): JSX.Element {
  const { counterexample: story, fault } = verdict;
  const place = story?.location ?? fault?.location ?? null;
  return (
    <>
      <p class={`outcome ${OUTCOMES[verdict.verdict].tone}`}>
        <strong>{OUTCOMES[verdict.verdict].text}</strong> <Stars {...verdict} />
      </p>
      {story !== null && <p class="sentence">{story.sentence}</p>}
      {story === null && <p class="sentence">{fault?.message ?? verdict.message}</p>}
      <dl class="facts">
        {story !== null && <Fact name="broken" text={story.property} />}
        {verdict.cause !== null && <Fact name="cause" text={verdict.cause} />}
        {place !== null && <Fact name="where" text={placeText(place)} />}
        {story?.proof !== undefined && <Fact name="proof" text={story.proof} />}
      </dl>
      {story !== null && <ReplayColumns story={story} nth={nth} step={step} />}
    </>
  );
}

export function Stars({ stars, requiredStars }: Pick<Verdict, "stars" | "requiredStars">): JSX.Element {
  return (
    <span class="stars" role="img" aria-label={`${stars} of 3 stars; a pass needs ${requiredStars}`}>
      {"★".repeat(stars)}
      {"☆".repeat(3 - stars)}
    </span>
  );
}

function Fact({ name, text }: { name: string; text: string }): JSX.Element {
  return (
    <div class={name}>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

export const OUTCOMES: Readonly<
  Record<VerdictKind, { readonly text: string; readonly tone: "good" | "bad" | "warn" }>
> = {
  pass: { text: "Pass", tone: "good" },
  fail: { text: "Fail", tone: "bad" },
  inconclusive: { text: "Inconclusive", tone: "warn" },
  crashed: { text: "The handlers crashed", tone: "bad" },
  "timed-out": { text: "The handlers timed out", tone: "bad" },
  "broken-environment": { text: "Could not be checked", tone: "warn" },
  "checker-bug": { text: "The checker failed", tone: "warn" },
};
