/**
 * A client that is told 304 shows what it has kept, and so hides what anybody else would have been served. Takes the first
 * history of a plan; gives the same plan with clients that keep nothing, where somebody was told so.
 */
import type { History, RunPlan } from "../vocabulary.ts";

export function withForgetfulClients({ plan, requests }: History): RunPlan[] {
  const isHidden = requests.some(({ response }) => response?.notModified === true);
  return isHidden ? [{ ...plan, forgetfulClients: true }] : [];
}
