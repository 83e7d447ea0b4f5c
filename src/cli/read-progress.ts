/** Everything recorded in one workshop, as far as it can be read. One scenario's damaged file must not hide the others. */
import { WorkshopError } from "../errors.ts";
import type { AttemptRecord, ProgressEvent } from "../vocabulary.ts";
import { openWorkshop, type Place, progress } from "../workspace/index.ts";

export interface Recorded {
  readonly attempts: readonly AttemptRecord[];
  readonly events: readonly ProgressEvent[];
  readonly setUp: boolean;
  /** Why nothing is known; null: everything is. */
  readonly trouble: string | null;
}

/** Rejects only for bugs of ours. */
export async function readProgress(place: Place): Promise<Recorded> {
  try {
    const [attempts, events] = [await progress.listAttempts(place), await progress.listEvents(place)];
    const setUp = await openWorkshop(place).then(
      () => true,
      () => false,
    );
    return { attempts, events, setUp, trouble: null };
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    return { attempts: [], events: [], setUp: false, trouble: `${error.message} ${error.hint}` };
  }
}
