/** What one step did: key, value, statement, duration. Keeps its place on the page while nothing is looked at. */
import type { JSX } from "preact";
import type { NumberedStep } from "../vocabulary.ts";
import { timeText } from "./amounts.ts";
import { stepFacts, stepWords } from "./step-words.ts";

export function StepDetail({ step }: { readonly step: NumberedStep | null }): JSX.Element {
  if (step === null)
    return <div class="detail empty">Key, value, statement and duration of the step you point at stand here.</div>;
  const { deed, result } = stepWords(step);
  const where = step.kind === "cache" || step.kind === "database" ? `${step.kind} ` : "";
  return (
    <div class="detail">
      <p class="detail-title">
        <strong>
          {where}
          {deed} {result}
        </strong>{" "}
        <span class="muted">
          {step.request === 0 ? "outside a request" : `request ${step.request}`}, {timeText(step.at)}
        </span>
      </p>
      <dl>
        {stepFacts(step).map(({ name, text, isCode }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{isCode === true ? <code>{text}</code> : text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
