import { tableFileMessages } from "../core/messages/import-tables.ts";
import { tableFromIPC } from "./arrow.ts";
import { unitOfField } from "./arrow-file.ts";
import { COLUMNS_KEY, DATASET_KEY } from "./dataset-facts.ts";
import { type ForeignColumn, ForeignFailure, type ForeignTable } from "./foreign.ts";
import { type AsyncBuffer, parquetMetadataAsync, parquetRead, type SchemaElement } from "./hyparquet.ts";
import { MOST_COLUMNS, mostNumbers } from "./limits.ts";
import { COMPRESSORS } from "./parquet-codecs.ts";
import { refuseDamagedPages } from "./parquet-pages.ts";
import { zstdReady } from "./zstd.ts";

const MAGIC = "PAR1";

const isEncrypted = (head: Uint8Array) => [..."PARE"].every((letter, k) => head[k] === letter.charCodeAt(0));

/**
 * Reads the flat columns of a Parquet file: numbers, booleans and texts; missing values are NaN. Units come from the Arrow schema that pyarrow and
 * pandas keep in the metadata, or from this project's own.
 * @throws ForeignFailure when it is cut off, damaged, encrypted, or unpacks to far more than its length
 */
export async function readParquet(bytes: Uint8Array): Promise<ForeignTable> {
  if (isEncrypted(bytes)) throw new ForeignFailure(tableFileMessages.encrypted("Parquet"));
  if (bytes.length < 12 || ![...MAGIC].every((letter, k) => bytes[bytes.length - 4 + k] === letter.charCodeAt(0)))
    throw new ForeignFailure(tableFileMessages.cutOff("Parquet"));
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  if (!(Number.isSafeInteger(rows) && rows >= 0))
    throw new ForeignFailure(tableFileMessages.damaged("Parquet", tableFileMessages.inconsistent()));
  const fields = topFields(metadata.schema);
  if (fields.length > MOST_COLUMNS) throw new ForeignFailure(tableFileMessages.tooManyColumns(fields.length, MOST_COLUMNS));
  const limit = mostNumbers(bytes.length);
  if (!(rows * fields.length <= limit)) throw new ForeignFailure(tableFileMessages.tooManyNumbers(rows * fields.length, limit));
  const flat = fields.filter((field) => unreadable(field) === undefined).map((field) => field.name);
  const twice = flat.find((name, k) => flat.indexOf(name) < k);
  if (twice !== undefined) throw new ForeignFailure(tableFileMessages.nameTwice(twice), twice);
  await zstdReady();
  refuseDamagedPages(bytes, metadata, flat);
  const cells = new Map<string, unknown[]>(flat.map((name) => [name, []]));
  if (flat.length > 0 && rows > 0)
    await parquetRead({
      file,
      metadata: { ...metadata, schema: metadata.schema.map(unscaled) },
      columns: flat,
      compressors: COMPRESSORS,
      onChunk: ({ columnName, columnData, rowStart }) => {
        const column = cells.get(columnName)!;
        for (let k = 0; k < columnData.length; k++) column[rowStart + k] = columnData[k];
      },
    });
  const known = new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""]));
  const arrowUnits = unitsOfArrowSchema(known.get("ARROW:schema"));
  const statements = new Map([...(arrowUnits ?? []), ...ownStatements(known.get(COLUMNS_KEY))]);
  const dataset = known.get(DATASET_KEY);
  return {
    name: "",
    columns: fields.map((field) => {
      const { name } = field;
      const why = unreadable(field);
      return {
        name,
        ...statements.get(name),
        content: why === undefined ? scaled(contentOf(name, cells.get(name) ?? [], rows), field) : { unreadable: why },
      };
    }),
    rows,
    comments: [],
    notes: arrowUnits === undefined ? [tableFileMessages.arrowSchemaUnread()] : [],
    ...(dataset === undefined ? {} : { dataset }),
  };
}

/** Elements below the root, without what is below them. */
function topFields(schema: readonly SchemaElement[]): SchemaElement[] {
  const found: SchemaElement[] = [];
  let at = 1;
  const skip = (): void => {
    const below = schema[at++]?.num_children ?? 0;
    for (let k = 0; k < below && at < schema.length; k++) skip();
  };
  while (at < schema.length) {
    found.push(schema[at]!);
    skip();
  }
  return found;
}

/** Why a column is not read; undefined when it holds plain numbers or texts. */
function unreadable(field: SchemaElement): string | undefined {
  if ((field.num_children ?? 0) > 0 || field.repetition_type === "REPEATED") return "nested values";
  if (isDecimal(field)) return undefined;
  const stated = [field.logical_type?.type, field.converted_type].find((type) => type !== undefined && !PLAIN.test(type));
  if (stated === undefined) return field.type === "INT96" ? "dates" : undefined;
  if (stated === "NULL") return tableFileMessages.onlyMissing();
  if (/^TIME(?:_M|$)/.test(stated)) return "times of day";
  return /^(?:DATE|TIMESTAMP)/.test(stated) ? "dates" : stated;
}

const isDecimal = ({ logical_type, converted_type }: SchemaElement) => (logical_type?.type ?? converted_type) === "DECIMAL";

/** The library multiplies decimals by 0.001, which rounds twice: it gets them as integers. */
const unscaled = (field: SchemaElement): SchemaElement => (isDecimal(field) ? { ...field, converted_type: "DECIMAL", scale: 0 } : field);

/** Decimals from their integers: one rounding, as long as both the integer (2^53) and the power of ten (1e22) are exact. */
function scaled(content: ForeignColumn["content"], field: SchemaElement): ForeignColumn["content"] {
  const { logical_type: stated, scale = stated?.type === "DECIMAL" ? stated.scale : 0 } = field;
  if (!isDecimal(field) || !("numbers" in content)) return content;
  const divisor = Number(`1e${scale}`);
  return { numbers: content.numbers.map((x) => x / divisor) };
}

const PLAIN = /^(?:STRING|UTF8|ENUM|INTEGER|U?INT_\d+|FLOAT16)$/;

type Statements = Pick<ForeignColumn, "unit" | "role" | "port" | "inferred">;

/** The library gives null for a missing value, and nothing where a value refers to one that is not there. */
function contentOf(name: string, cells: readonly unknown[], rows: number): ForeignColumn["content"] {
  if (cells.length !== rows) throw new ForeignFailure(tableFileMessages.lengths(name, cells.length, rows), name);
  for (let row = 0; row < rows; row++)
    if (cells[row] === undefined) throw new ForeignFailure(tableFileMessages.valueMissing(name, row), name);
  const first = cells.find((cell) => cell !== null);
  if (typeof first === "string") return { texts: cells.map((cell) => (typeof cell === "string" ? cell : "")) };
  if (first !== undefined && !["number", "bigint", "boolean"].includes(typeof first)) return { unreadable: "binary values" };
  const numbers = Float64Array.from({ length: rows }, (_, row) => {
    const cell = cells[row];
    if (typeof cell === "bigint" && !Number.isSafeInteger(Number(cell)))
      throw new ForeignFailure(tableFileMessages.unsafeInteger(name, String(cell)), name);
    return cell === null ? Number.NaN : Number(cell);
  });
  return { numbers };
}

function ownStatements(text: string | undefined): Map<string, Statements> {
  if (text === undefined) return new Map();
  const columns: unknown = JSON.parse(text);
  if (!Array.isArray(columns)) throw new ForeignFailure(tableFileMessages.badDatasetMetadata("its columns"));
  return new Map(
    columns.map((column: Readonly<Record<string, unknown>>) => {
      const texts = ["unit", "role", "port", "inferred"].flatMap((key) => (typeof column[key] === "string" ? [[key, column[key]]] : []));
      return [String(column.name), Object.fromEntries(texts) as Statements];
    }),
  );
}

/** `ARROW:schema`: the schema of an IPC stream in base64, with the fields' metadata; undefined when its types are newer than the library. */
function unitsOfArrowSchema(text: string | undefined): Map<string, Statements> | undefined {
  if (text === undefined) return new Map();
  try {
    const { schema } = tableFromIPC(Buffer.from(text, "base64"));
    // Bytes that end too early are an empty schema to the library.
    if (schema.fields.length === 0) return undefined;
    return new Map(
      schema.fields.flatMap((field) => {
        const unit = unitOfField(field);
        return unit === undefined ? [] : [[String(field.name), { unit }] as const];
      }),
    );
  } catch (error) {
    if (error instanceof ReferenceError) throw error;
    return undefined;
  }
}
