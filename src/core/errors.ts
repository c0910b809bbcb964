/**
 * An error a person can act on: where (file, line, column), what was expected, what to type.
 * Anything else that is thrown is a bug of gammawatt and is shown as one.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** File (and line:column, or dataset path inside the file) the error is about; empty when there is none. */
  readonly place: string;
  constructor(message: string, place = "", options?: ErrorOptions) {
    super(message, options);
    this.place = place;
  }
}

/** A file that could not be read although its format is known: a named failure with the place in it. */
export class ImportError extends UserError {
  readonly kind = "import";
}

/** The lab file is wrong; `place` is `gammawatt.yaml:line:column`. */
export class LabFileError extends UserError {
  readonly kind = "lab-file";
}
