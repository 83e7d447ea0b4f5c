/** Thrown when the text given for an option is no value for it; the message says what would be, as one sentence. */
export class RefusedValue extends Error {
  override readonly name = "RefusedValue";
}
