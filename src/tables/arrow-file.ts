import { tableFileMessages } from "../core/messages/import-tables.ts";
import { type DataType, type Decimal, type Field, RecordBatchReader, Table, TimeUnit, Type, type Vector } from "./arrow.ts";
import { allowCompression } from "./arrow-codecs.ts";
import { beginsAsFile, checkMessages } from "./arrow-messages.ts";
import { checkVectorLengths } from "./flatbuffers.ts";
import { causeOf, type ForeignColumn, ForeignFailure, type ForeignTable } from "./foreign.ts";
import { MOST_COLUMNS, mostNumbers } from "./limits.ts";
import { zstdReady } from "./zstd.ts";

checkVectorLengths();

const FEATHER_1 = "FEA1";

/**
 * Whether the bytes begin an Arrow IPC file (which Feather version 2 is), a Feather version 1 file, or an Arrow IPC stream: a continuation marker and
 * the length of a schema message.
 */
export function arrowKind(head: Uint8Array): "file" | "feather-1" | "stream" | undefined {
  if (beginsAsFile(head)) return "file";
  if ([...FEATHER_1].every((letter, k) => head[k] === letter.charCodeAt(0))) return "feather-1";
  if (head.length < 16 || head.subarray(0, 4).some((byte) => byte !== 0xff)) return undefined;
  const length = new DataView(head.buffer, head.byteOffset).getInt32(4, true);
  return length > 0 && length % 8 === 0 && length < 2 ** 24 ? "stream" : undefined;
}

/**
 * Reads an Arrow IPC file or stream, its buffers plain or compressed with LZ4 or ZSTD: numbers of every width, booleans, durations (their unit is
 * stated by the type), texts; missing values are NaN. Field metadata `unit` (or `units`) is the column's unit.
 * @throws ForeignFailure when it is cut off or damaged, or unpacks to far more than its length
 */
export async function readArrow(bytes: Uint8Array): Promise<ForeignTable> {
  if (arrowKind(bytes) === "feather-1") throw new ForeignFailure(tableFileMessages.featherOne());
  await zstdReady();
  const table = parse(bytes);
  const rows = table.numRows;
  const { fields } = table.schema;
  const limit = mostNumbers(bytes.length);
  if (!(rows * fields.length <= limit)) throw new ForeignFailure(tableFileMessages.tooManyNumbers(rows * fields.length, limit));
  const dataset = table.schema.metadata.get("gammawatt");
  return {
    name: "",
    columns: fields.map((field, index) => column(field, table.getChildAt(index), rows)),
    rows,
    comments: [],
    notes: [],
    ...(dataset === undefined ? {} : { dataset }),
  };
}

function parse(bytes: Uint8Array): Table {
  try {
    allowCompression(bytes.length);
    checkMessages(bytes);
    const reader = RecordBatchReader.from(bytes).open();
    const { length } = reader.schema.fields;
    if (length > MOST_COLUMNS) throw new ForeignFailure(tableFileMessages.tooManyColumns(length, MOST_COLUMNS));
    return new Table(reader.readAll());
  } catch (error) {
    if (error instanceof ForeignFailure) throw error;
    // The library names types that it knows of but does not read; a number behind no name is damage.
    const [, type] = (error instanceof Error && /Unrecognized type: "(?!undefined)(\w+)"/.exec(error.message)) || [];
    const message = type === undefined ? tableFileMessages.damaged("Arrow", causeOf(error)) : tableFileMessages.unknownType(type);
    throw new ForeignFailure(message, "", { cause: error });
  }
}

function column(field: Field, vector: Vector | null, rows: number): ForeignColumn {
  const name = String(field.name);
  const { metadata } = field;
  const statements = Object.fromEntries(
    ["role", "port", "inferred"].flatMap((key) => (metadata.has(key) ? [[key, metadata.get(key)!]] : [])),
  );
  const type = field.type as DataType;
  const unit = unitOfField(field);
  const stated = unit === undefined ? {} : { unit };
  if (vector === null || vector.length !== rows) throw new ForeignFailure(tableFileMessages.lengths(name, vector?.length ?? 0, rows), name);
  return { name, ...stated, ...statements, content: contentOf(vector, type, name) };
}

/** The unit that stands in the metadata, or that the type of a duration states. */
export function unitOfField({ metadata, type }: Field): string | undefined {
  const duration = type.typeId === Type.Duration ? (type as { unit?: TimeUnit }).unit : undefined;
  return metadata.get("unit") ?? metadata.get("units") ?? DURATION_UNITS.get(duration);
}

const DURATION_UNITS: ReadonlyMap<TimeUnit | undefined, string> = new Map([
  [TimeUnit.SECOND, "s"],
  [TimeUnit.MILLISECOND, "ms"],
  [TimeUnit.MICROSECOND, "us"],
  [TimeUnit.NANOSECOND, "ns"],
]);

function contentOf(vector: Vector, type: DataType, name: string): ForeignColumn["content"] {
  const plain = type.typeId === Type.Dictionary ? (type as unknown as { dictionary: DataType }).dictionary : type;
  if (plain.typeId === Type.Null) return { unreadable: tableFileMessages.onlyMissing() };
  try {
    for (const chunk of vector.data) refuseShort(chunk, type, name);
    switch (plain.typeId) {
      case Type.Float:
      case Type.Int:
      case Type.Bool:
      case Type.Duration:
        return { numbers: numbersOf(vector, name) };
      case Type.Decimal:
        return { numbers: decimalsOf(vector, plain as Decimal, name) };
      case Type.Utf8:
      case Type.LargeUtf8:
      case Type.Utf8View:
        return { texts: Array.from({ length: vector.length }, (_, row) => String(vector.get(row) ?? "")) };
      default:
        return { unreadable: String(type) };
    }
  } catch (error) {
    if (error instanceof ForeignFailure) throw error;
    throw new ForeignFailure(tableFileMessages.damaged("Arrow", causeOf(error)), name, { cause: error });
  }
}

/** A buffer that is shorter than its column would be read as if numbers were missing. */
function refuseShort(chunk: Vector["data"][number], type: DataType, name: string): void {
  const { values, nullBitmap, valueOffsets, length, nullCount } = chunk as {
    values?: ArrayLike<unknown>;
    nullBitmap?: Uint8Array;
    valueOffsets?: ArrayLike<number | bigint>;
    length: number;
    nullCount: number;
  };
  const fixed = [Type.Float, Type.Int, Type.Duration, Type.Dictionary].includes(type.typeId);
  const short =
    (fixed && (values?.length ?? 0) < length) ||
    (nullCount > 0 && (nullBitmap?.length ?? 0) * 8 < length) ||
    (type.typeId === Type.Bool && (values?.length ?? 0) * 8 < length) ||
    ([Type.Utf8, Type.LargeUtf8].includes(type.typeId) &&
      ((valueOffsets?.length ?? 0) < length + 1 || Number(valueOffsets?.[length]) > (values?.length ?? 0)) &&
      length > 0);
  if (short) throw new ForeignFailure(tableFileMessages.damaged("Arrow", `the buffer of "${name}" is too short`), name);
}

/** Integers of 32-bit words, the lowest first, in two's complement; one rounding where the integer is below 2^53 and the scale below 23. */
function decimalsOf(vector: Vector, { scale, bitWidth }: Decimal, name: string): Float64Array {
  const divisor = Number(`1e${scale}`);
  return Float64Array.from({ length: vector.length }, (_, row) => {
    const words: Uint32Array | null = vector.get(row);
    if (words === null) return Number.NaN;
    if (words.length * 32 !== bitWidth) throw new ForeignFailure(tableFileMessages.lengths(name, row, vector.length), name);
    const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
    return Number(BigInt.asIntN(bitWidth, unsigned)) / divisor;
  });
}

function numbersOf(vector: Vector, name: string): Float64Array {
  const numbers = new Float64Array(vector.length);
  for (let row = 0; row < numbers.length; row++) {
    const value: unknown = vector.get(row);
    if (value === null || value === undefined) numbers[row] = Number.NaN;
    else if (typeof value === "bigint" && !Number.isSafeInteger(Number(value)))
      throw new ForeignFailure(tableFileMessages.unsafeInteger(name, String(value)), name);
    else numbers[row] = Number(value);
  }
  return numbers;
}
