/** The only file that names flatbuffers, the encoding of Arrow's messages. */
import { ByteBuffer } from "flatbuffers";
import { tableFileMessages } from "../core/messages/import-tables.ts";

/**
 * Makes the library hold the length of every vector against the message that it stands in. Of damaged bytes it believes any length, and for seconds lists
 * fields, nodes and blocks that are not there until the memory is full. Vectors that lie within their message are read as before.
 */
export function checkVectorLengths(): void {
  const statedLength = ByteBuffer.prototype.__vector_len;
  ByteBuffer.prototype.__vector_len = function (this: ByteBuffer, offset: number): number {
    const length = statedLength.call(this, offset);
    // Every element has a byte at least.
    if (!(length >= 0 && this.__vector(offset) + length <= this.capacity())) throw new RangeError(tableFileMessages.inconsistent());
    return length;
  };
}
