/** Choosing one of several with keys. Pure: how many there are and which is chosen in, the same or a decision out. */

export interface PickerState {
  /** At least one. */
  readonly count: number;
  /** From 0. */
  readonly chosen: number;
}

export type Picked =
  | { readonly kind: "choosing"; readonly state: PickerState }
  | { readonly kind: "picked"; readonly chosen: number }
  | { readonly kind: "quit" };

/** Arrows or j and k move, a digit goes there, Enter takes. */
export function pressInPicker(state: PickerState, key: string): Picked {
  const digit = /^[1-9]$/u.test(key) ? Number(key) - 1 : null;
  if (key === "q") return { kind: "quit" };
  if (key === "return" || key === "n") return { kind: "picked", chosen: state.chosen };
  if (digit !== null && digit < state.count) return { kind: "picked", chosen: digit };
  const step = { up: -1, k: -1, down: 1, j: 1 }[key] ?? 0;
  const chosen = (state.chosen + step + state.count) % state.count;
  return { kind: "choosing", state: { ...state, chosen } };
}
