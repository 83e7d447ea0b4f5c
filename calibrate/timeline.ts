/**
 * What a read may be answered while one writer at a time is at work: the calibration's judge where no number grows.
 * Takes what was true at each moment at which a write was over; knows no transport and no clock.
 */
import type { Outcome } from "../src/vocabulary.ts";
import { type Answer, isTrue } from "./oracle.ts";

/** What each read must be answered at one moment. */
export type Moment = readonly Outcome[];

/**
 * An answer is stale when it was true at an earlier moment, and neither now nor at any moment from the last one that the
 * read had to know of when it was sent. Example: the price was 5, then 6, acknowledged before the read was sent, then 7:
 * the answer must be 6 or 7, and 5 is stale. With 6 written by another program, 5 will do until a run of the jobs that
 * began after it is over.
 *
 * It gives no false alarm as long as whoever writes commits before the answer, and no two writes are under way at once:
 * - Every commit of a write lies between the moment before it and its own, so a state that is read after the read was
 *   sent belongs to a moment of the window, or to the write that is under way when it is judged. That one's last commit
 *   is what is true now; its earlier ones, of a write in several steps, were true at no moment. They would count as stale
 *   only if such a step put back exactly what was true before the window.
 * - Something between two external writes that nobody has told the service of, such as a list with the second alone, was
 *   true at no moment either.
 * - A write that nobody has acknowledged binds nobody until jobs have run, and neither does anything after it: the window
 *   then begins before it. That is wider than what a service owes, so stale answers may go uncounted.
 */
export interface Timeline {
  /** A write is over, and whoever sent it knows. */
  acknowledged(now: Moment): void;
  /** A write is over, and nobody has told the service: another program's, or one without an answer. */
  unheard(now: Moment): void;
  /** A run of the jobs begins. Call what it gives when it has done what there was to do. */
  jobsBegin(): () => void;
  /** Ask when the read is sent; ask what it gives when the answer is there, with what is true then. */
  sent(read: number): (answer: Answer, now: Outcome) => boolean;
}

export function openTimeline(start: Moment): Timeline {
  const moments = [start];
  const waiting = new Set<number>();
  const known = (): number => Math.min(moments.length, ...waiting) - 1;
  const wasTrue = (from: number, to: number, asked: { read: number; answer: Answer }): boolean =>
    moments.slice(from, to).some(({ [asked.read]: truth }) => truth !== undefined && isTrue(asked.answer, truth));
  return {
    acknowledged: (now) => void moments.push(now),
    unheard: (now) => void waiting.add(moments.push(now) - 1),
    jobsBegin: () => {
      const told = [...waiting];
      return () => told.forEach((moment) => waiting.delete(moment));
    },
    sent: (read) => {
      const first = known();
      return (answer, now) => {
        if (isTrue(answer, now) || wasTrue(first, moments.length, { read, answer })) return false;
        return wasTrue(0, first, { read, answer });
      };
    },
  };
}
