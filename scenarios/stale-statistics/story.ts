/**
 * The CEO's morning: who looks, what happens meanwhile, and the words for both endings. Every number comes in from
 * the run that is told; none is written here. Lines carry no indentation: the report gives it.
 */
import type { Json, RequestSpec, Story, StoryFigures, StorySection, TruthReader } from "../../src/vocabulary.ts";
import { FIRST_ATTENDEE, FLAGSHIP_ID } from "./seed-workshop.ts";

type Line = StorySection["lines"][number];

export const story: Story = {
  banner: "📊 DEMONSTRATION: CEO's Dashboard Disaster",
  incident: [
    "The board meets this morning, and the CEO opens the dashboard of the Research Analytics Dataset.",
    "While she talks, a conference hall full of researchers downloads that very dataset.",
    "She looks again to show the board how well the conference went.",
    "The board wants corrected figures at 2 PM.",
  ],
  viewer: {
    name: "CEO",
    request: { route: "statistics", path: `/datasets/${FLAGSHIP_ID}/statistics`, label: "the CEO opens the dashboard" },
  },
  crowd: { name: "conference attendees", count: 20, request: attendeeDownload },
  figure: totalDownloads,
  actual: recordedDownloads,
  unit: "downloads",
  disaster: (figures) => [discrepancy(figures), impact()],
  happyEnding: (figures) => [agreement(figures), relief(figures)],
  success: ({ before, after }) => [
    `• Before download: ${before}`,
    `• After download: ${after}`,
    "• Cache properly invalidated and refreshed",
  ],
};

function attendeeDownload(n: number): RequestSpec {
  return {
    route: "download",
    path: `/datasets/${FLAGSHIP_ID}/downloads`,
    body: JSON.stringify({ user_id: FIRST_ATTENDEE + n }),
    label: `attendee ${n + 1} downloads`,
  };
}

/** NaN for a body without the figure: shown as it is rather than replaced by a plausible number. */
function totalDownloads(body: Json): number {
  const total =
    typeof body === "object" && body !== null && "total_downloads" in body ? body.total_downloads : undefined;
  return typeof total === "number" ? total : Number.NaN;
}

function recordedDownloads(db: TruthReader): number {
  const row = db.get<{ total: number }>(
    "SELECT COUNT(*) AS total FROM audit_logs WHERE dataset_id = ? AND action = 'download'",
    FLAGSHIP_ID,
  );
  return row?.total ?? 0;
}

function discrepancy({ shown, actual }: StoryFigures): StorySection {
  const missing = actual - shown;
  return {
    heading: "📊 DISCREPANCY ANALYSIS:",
    lines: [
      line("plain", `Dashboard shows: ${shown} downloads`),
      line("plain", `Database has: ${actual} downloads`),
      line("bad", `MISSING: ${missing} downloads not shown!`),
      line("bad", `ERROR RATE: ${((missing / actual) * 100).toFixed(1)}% of data hidden`),
    ],
  };
}

function impact(): StorySection {
  return {
    heading: "💰 BUSINESS IMPACT:",
    lines: [
      line("bad", "• CEO's credibility damaged in board meeting"),
      line("bad", "• Investors questioning data accuracy"),
      line("bad", "• Conference success not reflected in metrics"),
    ],
  };
}

function agreement({ shown, actual }: StoryFigures): StorySection {
  return {
    heading: "📊 DASHBOARD AND DATABASE AGREE:",
    lines: [
      line("good", `Dashboard shows: ${shown} downloads`),
      line("good", `Database has: ${actual} downloads`),
      line("good", "Nothing is hidden: the second look was as true as the first."),
    ],
  };
}

function relief({ shown }: StoryFigures): StorySection {
  return {
    heading: "💼 THE BOARD MEETING:",
    lines: [
      line("good", `• The CEO points at ${shown} downloads, and the analytics team confirms it`),
      line("good", "• The conference shows in the figures while it is still going on"),
      line("dim", "• Nobody has to explain a number at 2 PM"),
    ],
  };
}

function line(tone: Line["tone"], text: string): Line {
  return { tone, text };
}
