export { handleChanges } from "../no-feed.ts";
