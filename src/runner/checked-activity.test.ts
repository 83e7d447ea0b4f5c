/** What a child's report may hold beside what `remote-host.test.ts` tells: the ETag of an answer, which goes back out. */
import { expect, test } from "vitest";
import { checkActivity, ProtocolError } from "./checked-activity.ts";
import type { Answer } from "./effect.ts";

const ANSWER: Answer = { actor: 0, status: 200, contentType: null, text: "{}", error: null };

function checked(etag: unknown): unknown {
  const told = { effects: [], timers: [], clearedTimers: [], answers: [{ ...ANSWER, etag }], errors: [] };
  return checkActivity(told, { actors: new Set([0]), side: 0 }).answers[0]?.etag;
}

test.each(['"1"', 'W/"a, b"', '"caf\u00E9"', "", undefined])("a tag that a header can carry: %j", (etag) => {
  expect(checked(etag)).toBe(etag);
});

test.each([7, null, { length: 3 }, '"a\r\nx-other: 1"', '"\0"', '"\u{1F4A3}"'])(
  "one that none can carry: %j",
  (etag) => {
    expect(() => checked(etag)).toThrow(ProtocolError);
  },
);
