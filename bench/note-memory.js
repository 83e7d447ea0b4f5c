// Preloaded into a measured process: as it ends, it writes down the most memory it ever held, in KiB.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

process.on("exit", () => {
  writeFileSync(join(process.env.MEMORY_NOTES, String(process.pid)), String(process.resourceUsage().maxRSS));
});
