/** The key to the controls: comes in the printed link, stays in this tab, and leaves the address bar, which people project. */

const KEPT_AS = "stale-stats-token";

/** null: the page may only look. */
export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null && given !== "") {
    sessionStorage.setItem(KEPT_AS, given);
    history.replaceState(null, "", `${location.pathname}${location.search}`);
  }
  return sessionStorage.getItem(KEPT_AS);
}

/** The service has refused it: it belongs to an earlier start. */
export function dropToken(): void {
  sessionStorage.removeItem(KEPT_AS);
}

/** An address of this service that opens with the same rights, in another tab too. */
export function linkTo(path: string, token: string | null): string {
  return token === null ? path : `${path}#token=${encodeURIComponent(token)}`;
}
