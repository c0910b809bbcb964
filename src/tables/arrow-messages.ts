import { tableFileMessages } from "../core/messages/import-tables.ts";
import { ForeignFailure } from "./foreign.ts";

const FILE_MAGIC = "ARROW1";
/** The magic at the beginning of a file is padded to eight bytes; the one at its end stands behind four bytes of the footer's length. */
const [PADDED_MAGIC, FILE_END] = [8, 10];
const CONTINUATION = -1;
const BLOCK_BYTES = 24;
/** Of the union MessageHeader (format/Message.fbs). */
const [DICTIONARY_BATCH, RECORD_BATCH] = [2, 3];

/** Whether the bytes begin an Arrow IPC file, which Feather version 2 is. */
export const beginsAsFile = (bytes: Uint8Array) => [...FILE_MAGIC].every((letter, k) => bytes[k] === letter.charCodeAt(0));

/**
 * Walks the messages of an Arrow IPC file or stream, which have to follow on each other from its first byte to its end, and be those that a file's footer
 * lists. The library takes a stream that was cut between two messages for a shorter one, and looks for ever for a batch that a footer misplaces.
 * @throws ForeignFailure when the end is missing; RangeError where a message or the footer contradicts the rest
 */
export function checkMessages(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!beginsAsFile(bytes)) {
    if (!isEndMark(bytes.subarray(-8))) throw new ForeignFailure(tableFileMessages.cutOff("Arrow"));
    messagesOf(view, 0, bytes.length);
    return;
  }
  if (bytes.length < PADDED_MAGIC + FILE_END || !beginsAsFile(bytes.subarray(-6)))
    throw new ForeignFailure(tableFileMessages.cutOff("Arrow"));
  const footer = bytes.length - FILE_END - view.getInt32(bytes.length - FILE_END, true);
  const messages = messagesOf(view, PADDED_MAGIC, footer);
  for (const [field, type] of [
    [2, DICTIONARY_BATCH],
    [3, RECORD_BATCH],
  ] as const) {
    const found = messages.filter((message) => message.type === type).map(({ at }) => at);
    if (blocks(view, footer, field).join() !== found.join()) throw new RangeError(tableFileMessages.inconsistent());
  }
}

/** A stream ends in a message of no length. */
const isEndMark = (end: Uint8Array) => end.length === 8 && end.every((byte, k) => byte === (k < 4 ? 0xff : 0));

interface Message {
  readonly at: number;
  readonly type: number;
}

/** @throws RangeError when they do not end where they should */
function messagesOf(view: DataView, start: number, end: number): Message[] {
  const messages: Message[] = [];
  let at = start;
  while (at + 4 <= end) {
    const marked = view.getInt32(at, true) === CONTINUATION;
    const content = at + (marked ? 8 : 4);
    const length = view.getInt32(content - 4, true);
    if (length > 0) {
      const [type, body] = [fieldAt(view, content, 1), fieldAt(view, content, 3)];
      messages.push({ at, type: type === undefined ? 0 : view.getUint8(type) });
      at = content + length + (body === undefined ? 0 : Number(view.getBigInt64(body, true)));
    } else at = content;
    // The last one may be followed by nothing; one of no length is the last.
    if (!(length >= 0 && at >= content + length && at <= end) || (length === 0 && at !== end))
      throw new RangeError(tableFileMessages.inconsistent());
  }
  return messages;
}

/** Offsets of the messages that a field of the footer lists (format/File.fbs). */
function blocks(view: DataView, footer: number, index: number): number[] {
  const field = fieldAt(view, footer, index);
  if (field === undefined) return [];
  const vector = field + view.getUint32(field, true);
  const length = view.getUint32(vector, true);
  if (vector + 4 + length * BLOCK_BYTES > view.byteLength) throw new RangeError(tableFileMessages.inconsistent());
  return Array.from({ length }, (_, k) => Number(view.getBigInt64(vector + 4 + k * BLOCK_BYTES, true)));
}

/** Place of a field in the flatbuffer whose root table stands at `start`; undefined when it is left out. */
function fieldAt(view: DataView, start: number, index: number): number | undefined {
  const table = start + view.getUint32(start, true);
  const fields = table - view.getInt32(table, true);
  const slot = 4 + 2 * index;
  const offset = view.getUint16(fields, true) > slot ? view.getUint16(fields + slot, true) : 0;
  return offset === 0 ? undefined : table + offset;
}
