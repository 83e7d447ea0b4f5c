/**
 * The one error of the tool that a person is meant to read: what happened, where, and what to do.
 * Anything else that is thrown is a bug of ours and ends as `checker-bug` (exit 70).
 */

/** `usage` exits 2, `environment` exits 6; handler faults are verdicts and never thrown. */
export type ErrorCode = "usage" | "environment";

export class WorkshopError extends Error {
  override readonly name = "WorkshopError";
  readonly code: ErrorCode;
  /** One imperative sentence: what the reader can do now. */
  readonly hint: string;

  constructor(options: { code: ErrorCode; message: string; hint: string; cause?: unknown }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint;
  }
}
