/**
 * The evening at the station: who looks, what happens meanwhile, and the words for both endings. Every number comes in
 * from the run that is told; none is written here. Lines carry no indentation: the report gives it.
 */
import type { Json, RequestSpec, Story, StoryFigures, StorySection, TruthReader } from "../../src/vocabulary.ts";
import { TRAIN_ID } from "./seed-workshop.ts";

type Line = StorySection["lines"][number];

export const story: Story = {
  banner: "🚉 DEMONSTRATION: the board that never changed",
  incident: [
    "A passenger looks at the departure board: the Coast Express is on time.",
    "While she buys a coffee, the control room reports it late, and later, and later again.",
    "She looks once more, and hurries to the platform.",
  ],
  viewer: {
    name: "passenger",
    request: { route: "departure", path: `/trains/${TRAIN_ID}`, label: "a passenger looks at the board" },
  },
  crowd: { name: "reports of the control room", count: 8, request: reportedDelay },
  figure: shownDelay,
  actual: recordedDelay,
  unit: "minutes late",
  disaster: (figures) => [difference(figures), consequence()],
  happyEnding: (figures) => [agreement(figures), relief()],
  success: ({ before, after }) => [
    `• Before the next report: ${before} minutes late`,
    `• After the next report: ${after} minutes late`,
    "• The board says what the control room says",
  ],
};

/** Each report is another one than the report before. */
function reportedDelay(n: number): RequestSpec {
  const minutes = 5 * (n + 1);
  return {
    route: "delay",
    path: `/trains/${TRAIN_ID}/delay`,
    body: JSON.stringify({ minutes }),
    label: `report ${n + 1}`,
  };
}

/** NaN for a body without the figure: shown as it is rather than replaced by a plausible number. */
function shownDelay(body: Json): number {
  const delay = typeof body === "object" && body !== null && "delay_minutes" in body ? body.delay_minutes : undefined;
  return typeof delay === "number" ? delay : Number.NaN;
}

function recordedDelay(db: TruthReader): number {
  return db.get<{ delay: number }>("SELECT delay_minutes AS delay FROM trains WHERE id = ?", TRAIN_ID)?.delay ?? 0;
}

function difference({ shown, actual }: StoryFigures): StorySection {
  return {
    heading: "🚉 THE BOARD AND THE CONTROL ROOM:",
    lines: [
      line("plain", `The board shows: ${shown} minutes late`),
      line("plain", `The database has: ${actual} minutes late`),
      line("bad", `OFF BY: ${Math.abs(actual - shown)} minutes`),
    ],
  };
}

function consequence(): StorySection {
  return {
    heading: "☕ WHAT IT COSTS:",
    lines: [line("bad", "• A cold platform, and no coffee"), line("bad", "• Nobody believes the board any more")],
  };
}

function agreement({ shown, actual }: StoryFigures): StorySection {
  return {
    heading: "🚉 THE BOARD AND THE CONTROL ROOM AGREE:",
    lines: [
      line("good", `The board shows: ${shown} minutes late`),
      line("good", `The database has: ${actual} minutes late`),
    ],
  };
}

function relief(): StorySection {
  return { heading: "☕ AT THE CAFÉ:", lines: [line("good", "• She sits down again; there is time")] };
}

function line(tone: Line["tone"], text: string): Line {
  return { tone, text };
}
