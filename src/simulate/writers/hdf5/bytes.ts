/** Little-endian bytes that grow as they are written. */
export class Bytes {
  #buffer = new Uint8Array(256);
  #view = new DataView(this.#buffer.buffer);
  length = 0;

  #room(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.#buffer.length));
      larger.set(this.#buffer);
      this.#buffer = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  /** An unsigned integer of 1 to 8 bytes. */
  uint(value: number, size: number): this {
    const at = this.#room(size);
    let rest = BigInt(value);
    for (let i = 0; i < size; i++, rest >>= 8n) this.#buffer[at + i] = Number(rest & 255n);
    return this;
  }

  int(value: number, size: number): this {
    return this.uint(value < 0 ? Number(BigInt.asUintN(8 * size, BigInt(value))) : value, size);
  }

  float(value: number, size: 4 | 8): this {
    const at = this.#room(size);
    if (size === 4) this.#view.setFloat32(at, value, true);
    else this.#view.setFloat64(at, value, true);
    return this;
  }

  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
    return this;
  }

  /** UTF-8 without an end mark. */
  text(text: string): this {
    return this.raw(new TextEncoder().encode(text));
  }

  zeros(count: number): this {
    return this.#fill(0, count);
  }

  /** The address that means "none": all bits set. */
  undefinedAddress(): this {
    return this.#fill(255, 8);
  }

  #fill(value: number, count: number): this {
    const at = this.#room(count);
    this.#buffer.fill(value, at, at + count);
    return this;
  }

  /** Zeros up to a multiple of `step`. */
  align(step: number): this {
    return this.zeros((step - (this.length % step)) % step);
  }

  done(): Uint8Array {
    return this.#buffer.slice(0, this.length);
  }
}
