/**
 * The morning of the sale: who looks, what happens meanwhile, and the words for both endings. Every number comes in
 * from the run that is told; none is written here. Lines carry no indentation: the report gives it.
 */
import type { Json, RequestSpec, Story, StoryFigures, StorySection, TruthReader } from "../../src/vocabulary.ts";
import { KEYBOARD_ID } from "./seed-workshop.ts";

type Line = StorySection["lines"][number];

const STEPS = 5;
const BEFORE_SALE = 149;

export const story: Story = {
  banner: "🏷️ DEMONSTRATION: The Price That Would Not Drop",
  incident: [
    "The newsletter went out at nine: the mechanical keyboard gets cheaper all morning.",
    "While the first customers look at it, the shop's editors lower the price step by step.",
    "The customers look again, and see what they saw before.",
    "Whoever ordered by telephone has paid less than whoever ordered online.",
  ],
  viewer: {
    name: "customer",
    request: { route: "product", path: `/products/${KEYBOARD_ID}`, label: "a customer opens the keyboard's page" },
  },
  crowd: { name: "price steps by editors", count: STEPS, request: priceStep },
  figure: priceIn,
  actual: priceInDatabase,
  unit: "euros",
  isAmount: true,
  disaster: (figures) => [discrepancy(figures), impact()],
  happyEnding: (figures) => [agreement(figures), relief(figures)],
  success: ({ before, after }) => [
    `• Price shown after the sale's last step: ${before} euros`,
    `• Price shown after one more change: ${after} euros`,
    "• Whoever looks sees the price that the database holds",
  ],
};

function priceStep(n: number): RequestSpec {
  const price = BEFORE_SALE - 10 * (n + 1);
  const body = { name: "Mechanical Keyboard", description: "Brown switches, white light, no number pad.", price };
  return {
    route: "update",
    path: `/products/${KEYBOARD_ID}`,
    body: JSON.stringify(body),
    label: `an editor lowers the price, step ${n + 1}`,
  };
}

/** NaN for a body without the figure: shown as it is rather than replaced by a plausible number. */
function priceIn(body: Json): number {
  const price = typeof body === "object" && body !== null && "price" in body ? body.price : undefined;
  return typeof price === "number" ? price : Number.NaN;
}

function priceInDatabase(db: TruthReader): number {
  const row = db.get<{ price: number }>("SELECT price FROM products WHERE id = ?", KEYBOARD_ID);
  return row?.price ?? Number.NaN;
}

function discrepancy({ shown, actual }: StoryFigures): StorySection {
  const over = shown - actual;
  return {
    heading: "🏷️ TWO PRICES FOR ONE KEYBOARD:",
    lines: [
      line("plain", `The shop shows: ${shown} euros`),
      line("plain", `The database has: ${actual} euros`),
      line("bad", `EACH CUSTOMER PAYS ${over} euros too much`),
      line("bad", `OVERCHARGED BY: ${((over / actual) * 100).toFixed(1)}%`),
    ],
  };
}

function impact(): StorySection {
  return {
    heading: "💰 BUSINESS IMPACT:",
    lines: [
      line("bad", "• Customers send screenshots of the newsletter to the support desk"),
      line("bad", "• Every order of the morning has to be checked by hand"),
      line("bad", "• The consumer agency asks how a price is advertised that nobody is offered"),
    ],
  };
}

function agreement({ shown, actual }: StoryFigures): StorySection {
  return {
    heading: "🏷️ SHOP AND DATABASE AGREE:",
    lines: [
      line("good", `The shop shows: ${shown} euros`),
      line("good", `The database has: ${actual} euros`),
      line("good", "One keyboard, one price: the second look was as true as the first."),
    ],
  };
}

function relief({ shown }: StoryFigures): StorySection {
  return {
    heading: "💼 THE MORNING OF THE SALE:",
    lines: [
      line("good", `• Everybody pays ${shown} euros, online and by telephone`),
      line("good", "• The support desk has a quiet morning"),
      line("dim", "• The next sale needs no second look"),
    ],
  };
}

function line(tone: Line["tone"], text: string): Line {
  return { tone, text };
}
