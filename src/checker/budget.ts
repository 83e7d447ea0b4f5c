/** How much exploring is still allowed: schedules left, and a guard on real time that the checker cannot see into. */

export interface Budget {
  /** Schedules run so far. */
  readonly spent: number;
  /** Takes one schedule; false when there is none left or time is up: whatever follows is then incomplete. */
  take(): boolean;
}

export function createBudget(options: { schedules: number; expired: () => boolean }): Budget {
  let spent = 0;
  return {
    get spent() {
      return spent;
    },
    take() {
      if (spent >= options.schedules || options.expired()) return false;
      spent += 1;
      return true;
    },
  };
}
