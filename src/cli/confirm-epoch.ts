/** When the worlds of the confirm run begin, and when its processes import the handlers. */

/**
 * Thursday 18 September 2031, 21:40 UTC, in milliseconds since 1970. The worlds that are explored begin on a Monday
 * morning in January 2026: what is right only at some time, or only until some date, is wrong in one of the two.
 */
export const CONFIRM_EPOCH: number = 1_947_534_000_000;
