/**
 * Thrown by an importer's `read` when, looked at closely, the file is none of its business: a table of fridge temperatures, a list of samples.
 * Not a failure: the file is listed with this sentence and left alone.
 */
export class Unrecognised extends Error {
  override readonly name = "Unrecognised";
}
