/**
 * The data of the story: the shop's catalogue, with the keyboard that everybody waits for. Nothing in it is left to
 * chance, so that two set-ups give the same rows.
 */
import type { Random, Seeder } from "../../src/vocabulary.ts";

/** The product of the story: its number, and as the shop writes it. */
export const KEYBOARD_ID = "prod-002";

export const PRODUCTS: readonly (readonly [name: string, description: string, price: number])[] = [
  ["Laptop Stand", "Aluminium, folds flat, holds up to 17 inches.", 49],
  ["Mechanical Keyboard", "Brown switches, white light, no number pad.", 149],
  ["Noise Cancelling Headphones", "Thirty hours on one charge.", 279],
  ["Desk Lamp", "Dims from warm to white.", 64.5],
  ["Webcam", "Sees in the dark better than you do.", 89.99],
  ["Monitor Arm", "Clamps to desks up to 8 cm thick.", 119],
  ["USB Microphone", "Cardioid, with a stand.", 99],
  ["Travel Mouse", "Works on glass.", 34.95],
  ["Docking Station", "One cable for everything.", 189],
  ["Cable Box", "Out of sight.", 24.9],
  ["Footrest", "Tilts.", 39],
  ["Whiteboard", "A3, magnetic.", 29.5],
];

export function seedWorkshop(db: Seeder, _random: Random): void {
  PRODUCTS.forEach(([name, description, price], position) => {
    db.run(
      "INSERT INTO products (number, name, description, price) VALUES (?, ?, ?, ?)",
      position + 1,
      name,
      description,
      price,
    );
  });
  db.run("UPDATE product_changes SET handled_at = '2026-01-05T06:00:00.000Z'");
}
