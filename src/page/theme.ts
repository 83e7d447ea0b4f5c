/** Light or dark: the system's wish, unless somebody chose for this projector. */

const KEPT_AS = "stale-stats-theme";
const ROOT = document.documentElement;

export function restoreTheme(): void {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === "light" || kept === "dark") ROOT.dataset["theme"] = kept;
}

export function isDark(): boolean {
  const chosen = ROOT.dataset["theme"];
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

export function switchTheme(): void {
  const chosen = isDark() ? "light" : "dark";
  ROOT.dataset["theme"] = chosen;
  localStorage.setItem(KEPT_AS, chosen);
}

/** Calls back whenever the colours have changed; gives what ends it. */
export function watchTheme(changed: () => void): () => void {
  const wish = matchMedia("(prefers-color-scheme: dark)");
  const choice = new MutationObserver(changed);
  choice.observe(ROOT, { attributeFilter: ["data-theme"] });
  wish.addEventListener("change", changed);
  return () => {
    choice.disconnect();
    wish.removeEventListener("change", changed);
  };
}
