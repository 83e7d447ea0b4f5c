/**
 * What happened in a workshop folder, as a page and as JSON. Takes the finished figures, gives text; counts nothing.
 * The page's drawing library is large, so it is loaded when a page is asked for and not with this room.
 */
import type { WorkshopReport } from "../vocabulary.ts";
import { GENERATOR, type PageWords } from "./page-words.ts";

export const workshopReport: {
  /** One HTML file that needs nothing from outside and runs no script. Every text in it is escaped. */
  page(report: WorkshopReport, words: PageWords): Promise<string>;
  /** Whether `page` made this text; its first kilobyte is enough. */
  isPage(text: string): boolean;
  /** The object of `schema/report-v1.json`. Two spaces of indentation; ends with a newline. */
  json(report: WorkshopReport): string;
} = {
  page: async (report, words) => (await import("./page.ts")).renderPage(report, words),
  isPage: (text) => text.slice(0, 1000).includes(`name="generator" content="${GENERATOR}"`),
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
