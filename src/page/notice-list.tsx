/** The notices on the page. New ones are read out; those that stay are not read again. */
import type { JSX } from "preact";
import type { Notice } from "./notices.ts";

interface NoticeListProps {
  readonly notices: readonly Notice[];
  /** Closes the one that somebody has to have read. */
  readonly dismiss: () => void;
}

export function NoticeList({ notices, dismiss }: NoticeListProps): JSX.Element {
  return (
    <div class="notices" role="status">
      {notices.map(({ id, tone, title, text, place }) => (
        <div key={id} class={`notice ${tone}`} data-notice={id}>
          <p>
            <strong>{title}</strong> {place !== undefined && <code>{place} </code>}
            <span>{text}</span>
          </p>
          {id === "refused" && (
            <button type="button" aria-label="Close this notice" onClick={dismiss}>
              ×
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
