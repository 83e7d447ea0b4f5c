/** Every key that does something, in sight at the foot of the presenter's view. Also buttons, for whoever cannot press keys. */
import type { JSX } from "preact";
import type { KeyAction } from "./use-keys.ts";

export function KeyLegend({ keys }: { readonly keys: readonly KeyAction[] }): JSX.Element {
  return (
    <footer class="keys" aria-label="Keys">
      {keys.map(({ cap, text, on, act }) => (
        <button key={cap} type="button" class={on === true ? "on" : ""} aria-pressed={on} onClick={act}>
          <kbd>{cap}</kbd> {text}
        </button>
      ))}
    </footer>
  );
}
