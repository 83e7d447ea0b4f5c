/** The time of day, for labels that people read: nothing is decided by it. */
export function isoNow(): string {
  // oxlint-disable-next-line eslint/no-restricted-globals -- a snapshot says when it was taken; no check sees it
  return new Date().toISOString();
}
