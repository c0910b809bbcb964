/** The only file that names danfojs-node, an optional peer. Nothing is computed in it: it computes in float32. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../core/errors.ts";
import { danfoMessages } from "../core/messages/danfo.ts";
import { type DataType, type Field, type Table, Type, type Vector } from "./arrow.ts";

const DANFO = "danfojs-node";

/** What is used of a danfo DataFrame here; `toDanfo<DataFrame>` gives the type of danfojs-node itself. */
export interface DanfoFrame {
  readonly columns: string[];
  /** Rows and columns. */
  readonly shape: number[];
  /** Row by row. */
  readonly values: unknown;
}

type FrameClass = new (rows: readonly unknown[][], options: { columns: string[]; dtypes: string[] }) => DanfoFrame;

/**
 * A table as a DataFrame of danfojs-node 1.2.0. Units go into the column names (`delay [s]`); numbers that are not known are NaN, texts null. The frame
 * holds the numbers in full, but most of what danfojs computes from them it computes in float32 (7 digits): compute before, or in the table.
 * @param table any Arrow table: `dataset.table`, `ratesTable(...)`, an exported file
 * @throws UserError when danfojs-node is not installed, or a column is of a kind or name that a frame cannot hold
 */
export async function toDanfo<Frame extends DanfoFrame = DanfoFrame>(table: Table): Promise<Frame> {
  const DataFrame = await frameClass();
  const columns = table.schema.fields.map((field, c) => columnOf(field, table.getChildAt(c)!));
  const members = new DataFrame([[0]], { columns: ["0"], dtypes: ["float32"] });
  const taken = columns.find(({ name }) => name in members && name !== "0");
  if (taken !== undefined) throw new UserError(danfoMessages.ownMember(taken.name));
  const rows = Array.from({ length: table.numRows }, (_, row) => columns.map(({ cell }) => cell(row)));
  return new DataFrame(rows, { columns: columns.map((c) => c.name), dtypes: columns.map((c) => c.dtype) }) as Frame;
}

/** danfojs-node as this package finds it, or as the program that uses this package does. */
async function frameClass(): Promise<FrameClass> {
  for (const place of [import.meta.url, pathToFileURL(join(process.cwd(), "package.json")).href]) {
    const path = resolved(place);
    if (path === undefined) continue;
    const module: { default?: unknown } = await import(pathToFileURL(path).href).catch((error: Error) => {
      throw new UserError(danfoMessages.broken(error.message), "", { cause: error });
    });
    return ((module.default ?? module) as { DataFrame: FrameClass }).DataFrame;
  }
  throw new UserError(danfoMessages.absent());
}

function resolved(place: string): string | undefined {
  try {
    return createRequire(place).resolve(DANFO);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

interface FrameColumn {
  readonly name: string;
  readonly dtype: "float32" | "string" | "boolean";
  readonly cell: (row: number) => unknown;
}

function columnOf(field: Field, vector: Vector): FrameColumn {
  const plain = String(field.name);
  const unit = field.metadata.get("unit");
  const name = unit === undefined || unit === "" ? plain : `${plain} [${unit}]`;
  switch (plainType(field.type).typeId) {
    case Type.Float:
    case Type.Int:
      return { name, dtype: "float32", cell: (row) => numberOf(vector.get(row), name) };
    case Type.Bool:
      return { name, dtype: "boolean", cell: (row) => vector.get(row) };
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Null:
      return { name, dtype: "string", cell: (row) => vector.get(row) };
    default:
      throw new UserError(danfoMessages.otherType(name, String(field.type)));
  }
}

function plainType(type: DataType): DataType {
  return type.typeId === Type.Dictionary ? (type as unknown as { dictionary: DataType }).dictionary : type;
}

function numberOf(value: unknown, column: string): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "bigint" && !Number.isSafeInteger(Number(value)))
    throw new UserError(danfoMessages.unsafeInteger(column, String(value)));
  return Number(value);
}
