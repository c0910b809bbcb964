import { Bytes } from "./bytes.ts";

/** Where texts and lists of variable length stand: one global heap collection. @see HDF5 File Format Specification 3.0, III.E */
export class Heap {
  readonly address: number;
  readonly #objects = new Bytes();
  #count = 0;
  constructor(address: number) {
    this.address = address;
  }

  /** Stores bytes and writes what points to them: number of elements, address of the heap, index. */
  store(bytes: Uint8Array, elements: number, into: Bytes): void {
    if (elements === 0) {
      into.zeros(16);
      return;
    }
    this.#count++;
    if (this.#count > 65535) throw new RangeError("a heap collection holds 65535 objects at most");
    this.#objects.uint(this.#count, 2).uint(0, 2).uint(0, 4).uint(bytes.length, 8).raw(bytes).align(8);
    into.uint(elements, 4).uint(this.address, 8).uint(this.#count, 4);
  }

  /** The collection with its free space at the end; empty when nothing was stored. */
  done(): Uint8Array {
    if (this.#count === 0) return new Uint8Array(0);
    const used = 16 + this.#objects.length;
    const size = Math.max(4096, used + 16);
    const out = new Bytes().text("GCOL").uint(1, 1).uint(0, 3).uint(size, 8).raw(this.#objects.done());
    return out
      .uint(0, 8)
      .uint(size - used, 8)
      .zeros(size - used - 16)
      .done();
  }
}
