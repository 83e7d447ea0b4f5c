const MINUTES = 24 * 60;

/** Keys of every minute since `first`, one list for each day. */
export function minutesSince(id: number, first: Date): string[][] {
  const now = new Date();
  const days: string[][] = [];
  for (let day = first; day < now; nextDay(day)) {
    const prefix = `dataset_stats_${id}_${day.getTime()}`;
    days.push(Array.from({ length: MINUTES }, (_, minute) => `${prefix}_${minute}`));
  }
  return days;
}

function nextDay(day: Date): Date {
  return new Date(day.getTime() + MINUTES * 60 * 1000);
}
