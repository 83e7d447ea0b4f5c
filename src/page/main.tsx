/** Where the page begins: the dashboard, or the presenter's view if the document says so. */
import { render } from "preact";
import { Dashboard } from "./dashboard.tsx";
import { Present } from "./present.tsx";
import { restoreTheme } from "./theme.ts";

restoreTheme();
const place = document.querySelector("#page");
if (place !== null) {
  place.replaceChildren();
  render(document.documentElement.dataset["view"] === "present" ? <Present /> : <Dashboard />, place);
}
