/**
 * What happened in a workshop, kept in its database: every check of a fix, and what was looked at in between.
 * Takes and gives the vocabulary's records; any number of programs may do so at once. Decides nothing about them.
 */
import { createHash } from "node:crypto";
import type { AttemptRecord, ProgressEvent, Verdict } from "../vocabulary.ts";
import { claimRecording, type RecordingClaim } from "./claim-recording.ts";
import { keepVerdict, type LastVerdict, readVerdict } from "./kept-verdict.ts";
import type { Place } from "./layout.ts";
import { type AttemptRow, attemptOf, type EventRow, eventOf } from "./progress-rows.ts";
import { withProgress } from "./open-progress.ts";
import type { Files } from "./working-copy.ts";

export interface FinishedAttempt extends Pick<AttemptRecord, "at" | "milliseconds" | "attempt" | "version"> {
  /** What was checked. */
  readonly files: Files;
  readonly verdict: Verdict;
  /** Absent: the level of the prompt that was shown last. */
  readonly promptLevel?: number;
  readonly assistant?: string;
}

/** An event without its scenario, which the place names. */
export type NewEvent = ProgressEvent extends infer Each
  ? Each extends unknown
    ? Omit<Each, "scenario">
    : never
  : never;

/**
 * Throws a WorkshopError (`environment`) when the database cannot be read or written, or is of a newer version.
 * Without a set-up there is nothing to keep records in: recording gives false, listing an empty list.
 */
export const progress: {
  /** The hint rung, and without a `promptLevel` the prompt's level, are those that were recorded last. Of the working copy the whole verdict is kept until the next. */
  recordAttempt(place: Place, finished: FinishedAttempt): Promise<boolean>;
  /** In the order in which they were recorded. */
  listAttempts(place: Place): Promise<AttemptRecord[]>;
  /** The verdict on the working copy that was recorded last; null: none was. */
  lastVerdict(place: Place): Promise<LastVerdict | null>;
  /** What an attempt's `handlers` are for these files. */
  fingerprint(files: Files): string;
  recordEvent(place: Place, event: NewEvent): Promise<boolean>;
  /** In the order in which they were recorded. */
  listEvents(place: Place): Promise<ProgressEvent[]>;
  /** For programs that stay: of several on one working copy, one records. Null when another one does. */
  claimRecording(place: Place): RecordingClaim | null;
} = { recordAttempt, listAttempts, lastVerdict, fingerprint, recordEvent, listEvents, claimRecording };

async function recordAttempt(place: Place, finished: FinishedAttempt): Promise<boolean> {
  const { verdict, files, ...given } = finished;
  const row = {
    scenario: place.slug,
    promptLevel: null,
    assistant: null,
    ...given,
    handlers: fingerprint(files),
    verdict: verdict.verdict,
    cause: verdict.cause,
    property: verdict.counterexample?.property ?? null,
    stars: verdict.stars,
    requiredStars: verdict.requiredStars,
  };
  const recorded = await withProgress(place, (db) => {
    if (finished.attempt === null) keepVerdict(db, place.slug, { ...row, verdict });
    return db.prepare(INSERT_ATTEMPT).run(row);
  });
  return recorded !== null;
}

async function lastVerdict(place: Place): Promise<LastVerdict | null> {
  return await withProgress(place, (db) => readVerdict(db, place.slug));
}

async function listAttempts(place: Place): Promise<AttemptRecord[]> {
  const rows = await withProgress(place, (db) =>
    db.prepare<[], AttemptRow>("SELECT * FROM workshop_attempts ORDER BY id").all(),
  );
  return (rows ?? []).map(attemptOf);
}

async function recordEvent(place: Place, event: NewEvent): Promise<boolean> {
  const row = { scenario: place.slug, cause: null, rung: null, level: null, ...event };
  const recorded = await withProgress(place, (db) => db.prepare(INSERT_EVENT).run(row));
  return recorded !== null;
}

async function listEvents(place: Place): Promise<ProgressEvent[]> {
  const rows = await withProgress(place, (db) =>
    db.prepare<[], EventRow>("SELECT * FROM workshop_events ORDER BY id").all(),
  );
  return (rows ?? []).map(eventOf);
}

const INSERT_ATTEMPT = `
  INSERT INTO workshop_attempts (scenario, at, milliseconds, attempt, handlers, verdict, cause, property, stars,
    required_stars, hint_rung, prompt_level, assistant, version)
  VALUES (@scenario, @at, @milliseconds, @attempt, @handlers, @verdict, @cause, @property, @stars,
    @requiredStars,
    (SELECT COALESCE(MAX(rung), 0) FROM workshop_events WHERE scenario = @scenario AND kind = 'hint'),
    COALESCE(@promptLevel,
      (SELECT level FROM workshop_events WHERE scenario = @scenario AND kind = 'prompt' ORDER BY id DESC LIMIT 1)),
    @assistant, @version)`;

const INSERT_EVENT = `
  INSERT INTO workshop_events (scenario, at, kind, cause, rung, level)
  VALUES (@scenario, @at, @kind, @cause, @rung, @level)`;

/** JSON, because a text could hold whatever else would separate names from texts. */
function fingerprint(files: Files): string {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}
