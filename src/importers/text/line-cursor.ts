/** Walks through the lines of a text in its bytes; LF, CR LF or CR end a line. */
export class LineCursor {
  /** Of the line that was taken last, from 1. */
  number = 0;
  start = 0;
  /** Before the line end. */
  end = 0;
  /** Where the line after it starts. */
  following = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.following >= this.#bytes.length;
  }

  /** Takes the next line; false when there is none. */
  next(): boolean {
    if (this.done) return false;
    const bytes = this.#bytes;
    let end = this.following;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    this.start = this.following;
    this.end = end;
    this.following = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1);
    this.number++;
    return true;
  }

  /** Passes over lines that were read otherwise. @param following where the next one starts */
  pass(lines: number, following: number): void {
    this.number += lines;
    this.following = following;
  }
}
